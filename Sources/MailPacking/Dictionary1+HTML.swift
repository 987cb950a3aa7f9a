extension Dictionary1 {
  /// What programs write around a text in HTML.
  static let html = #"""
    <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"\#
     "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
    <html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="X-UA-Compatible"\#
     content="IE=edge"><meta name="viewport" content="width=device-width,\#
     initial-scale=1.0"><title></title>
    <style type="text/css">
    body, table, td, a { -webkit-text-size-adjust: 100%; -ms-text-size-adjust: 100%; } table, td {\#
     mso-table-lspace: 0pt; mso-table-rspace: 0pt; } img { -ms-interpolation-mode: bicubic; border: 0;\#
     height: auto; line-height: 100%; outline: none; text-decoration: none; }
    @media only screen and (max-width: 600px) { .container { width: 100% !important; } }
    </style></head><body style="margin:0;padding:0;background-color:#f4f4f4;"><center><table\#
     role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%"><tbody><tr><td\#
     align="center" valign="top" bgcolor="#ffffff" style="padding:20px 0 10px\#
     0;font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:20px;color:#333333;text-align:l\#
    eft;"><a href="https://www." target="_blank" style="color:#ffffff;text-decoration:none;display:inlin\#
    e-block;font-weight:bold;border-radius:4px;"><img src="https://" alt="" width="600" height="1"\#
     border="0" style="display:block;max-width:100%;" /></a></td></tr></tbody></table></center></body></\#
    html>
    <html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"\#
     xmlns:w="urn:schemas-microsoft-com:office:word" xmlns:m="http://schemas.microsoft.com/office/2004/1\#
    2/omml" xmlns="http://www.w3.org/TR/REC-html40">
    <head>
    <meta http-equiv="Content-Type" content="text/html; charset=Windows-1252">
    <meta http-equiv="Content-Type" content="text/html; charset=us-ascii">
    <meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">
    <meta name="Generator" content="Microsoft Word 15 (filtered medium)">
    <!--[if !mso]><style>v\:* {behavior:url(#default#VML);}
    o\:* {behavior:url(#default#VML);}
    w\:* {behavior:url(#default#VML);}
    .shape {behavior:url(#default#VML);}
    </style><![endif]--><style><!--
    /* Font Definitions */
    @font-face
    	{font-family:"Cambria Math";
    	panose-1:2 4 5 3 5 4 6 3 2 4;}
    @font-face
    	{font-family:Calibri;
    	panose-1:2 15 5 2 2 2 4 3 2 4;}
    @font-face
    	{font-family:Aptos;}
    /* Style Definitions */
    p.MsoNormal, li.MsoNormal, div.MsoNormal
    	{margin:0cm;
    	margin-bottom:.0001pt;
    	font-size:11.0pt;
    	font-family:"Calibri",sans-serif;
    	mso-ligatures:standardcontextual;
    	mso-fareast-language:EN-US;}
    a:link, span.MsoHyperlink
    	{mso-style-priority:99;
    	color:#0563C1;
    	text-decoration:underline;}
    a:visited, span.MsoHyperlinkFollowed
    	{mso-style-priority:99;
    	color:#954F72;
    	text-decoration:underline;}
    span.EmailStyle17
    	{mso-style-type:personal-compose;
    	font-family:"Calibri",sans-serif;
    	color:windowtext;}
    .MsoChpDefault
    	{mso-style-type:export-only;
    	font-size:10.0pt;}
    @page WordSection1
    	{size:612.0pt 792.0pt;
    	margin:72.0pt 72.0pt 72.0pt 72.0pt;}
    @page WordSection1
    	{size:595.3pt 841.9pt;
    	margin:70.85pt 70.85pt 2.0cm 70.85pt;}
    div.WordSection1
    	{page:WordSection1;}
    --></style><!--[if gte mso 9]><xml>
    <o:shapedefaults v:ext="edit" spidmax="1026" />
    </xml><![endif]--><!--[if gte mso 9]><xml>
    <o:shapelayout v:ext="edit">
    <o:idmap v:ext="edit" data="1" />
    </o:shapelayout></xml><![endif]-->
    </head>
    <body lang="EN-US" link="#0563C1" vlink="#954F72" style="word-wrap:break-word">
    <div class="WordSection1">
    <p class="MsoNormal"><span lang="DE" style="font-size:11.0pt;font-family:&quot;Calibri&quot;,sans-se\#
    rif;color:#1F497D"><o:p>&nbsp;</o:p></span></p>
    <div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">
    <div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in">
    <p class="MsoNormal"><b>From:</b> &lt;<a href="mailto:">&gt; <br>
    <b>Sent:</b> <br>
    <b>To:</b> <br>
    <b>Cc:</b> <br>
    <b>Subject:</b> RE: <o:p></o:p></p>
    </div>
    <head>
    <style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style>
    </head>
    <body dir="ltr">
    <div class="elementToProof" style="font-family: Aptos, Aptos_EmbeddedFont, Aptos_MSFontService,\#
     Calibri, Helvetica, sans-serif; font-size: 12pt; color: rgb(0, 0, 0);">
    <div style="font-family: Calibri, Arial, Helvetica, sans-serif; font-size: 12pt; color: rgb(0, 0,\#
     0); background-color: rgb(255, 255, 255);">
    <div id="ms-outlook-mobile-signature" dir="ltr"></div>
    <div id="appendonsend"></div>
    <hr style="display:inline-block;width:98%" tabindex="-1">
    <div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt"\#
     color="#000000"><b>From:</b> <b>Sent:</b> <b>To:</b> <b>Subject:</b> Re: </font>
    <div>&nbsp;</div>
    </div>
    <html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body\#
     style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break:\#
     after-white-space;"><div><br><blockquote type="cite"><div>On Jan 1, 2025, at 10:00 AM,\#
     wrote:</div><br class="Apple-interchange-newline"><div><div style="word-wrap: break-word;\#
     -webkit-nbsp-mode: space; -webkit-line-break: after-white-space;" class=""><span\#
     class="Apple-tab-span" style="white-space:pre"></span></div></div></blockquote></div><br></body></h\#
    tml>
    <html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body\#
     dir="auto"><div dir="ltr"></div><div dir="ltr"><br><blockquote type="cite">
    <!DOCTYPE html>
    <html>
      <head>
        <meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
      </head>
      <body text="#000000" bgcolor="#FFFFFF">
        <p><br>
        </p>
        <div class="moz-cite-prefix">On 01/01/2025 10:00, wrote:<br>
        </div>
        <blockquote type="cite" cite="mid:">
          <meta http-equiv="content-type" content="text/html; charset=UTF-8">
        <pre class="moz-signature" cols="72">--\#u{20}
        <pre class="moz-quote-pre" wrap="">
        </blockquote>
      </body>
    </html>
    <html><head></head><body><div class="yahoo-style-wrap" style="font-family:Helvetica Neue,\#
     Helvetica, Arial, sans-serif;font-size:16px;"><div class="yahoo_quoted" id="yahoo_quoted_"><div\#
     class="protonmail_quote"><blockquote class="protonmail_quote" type="cite"><div\#
     class="zmail_extra"><div id="composer_signature"><meta http-equiv="Content-Type"\#
     content="text/html; charset=UTF-8"><div style="font-size:85%;color:#575757" dir="auto">Sent from\#
     my Galaxy</div>
    <li><ul><ol></li></ul></ol><h1><h2 style="margin:0"></h2><strong></strong><b></b><i></i><u></u><em><\#
    /em><font face="Arial" size="2" color="#000000"></font>&amp;&lt;&gt;&quot;&#39;&nbsp;&nbsp;<span\#
     style="font-family:arial,sans-serif;font-size:12px;color:rgb(34,34,34);background-color:rgb(255,255\#
    ,255)"></span></td><td></tr><tr></table></p><p></div><div>
    <div dir="ltr"><br></div><div dir="auto"></div><div><br clear="all"></div><div dir="ltr"\#
     class="gmail_signature" data-smartmail="gmail_signature"></div><br><div class="gmail_quote\#
     gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Jan 1, 2025 at 10:00 AM &lt;<a\#
     href="mailto:" target="_blank"></a>&gt; wrote:<br></div><blockquote class="gmail_quote"\#
     style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><u></u></b\#
    lockquote></div>

    """#
}
