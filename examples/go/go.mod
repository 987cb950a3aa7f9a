module examples

go 1.19

require postroom v0.1.0

replace postroom => ../../clients/go
