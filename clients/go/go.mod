module postroom

go 1.19
