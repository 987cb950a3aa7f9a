extension Dictionary1 {
  /// Header fields, and what stands between parts.
  static let fields = #"""
    BEGIN:VCALENDAR
    PRODID:-//Google Inc//Google Calendar 70.9054//EN
    VERSION:2.0
    CALSCALE:GREGORIAN
    METHOD:REQUEST
    BEGIN:VEVENT
    DTSTART;TZID=Europe/Berlin:2025DTEND:DTSTAMP:ORGANIZER;CN=UID:ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PA\#
    RTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=:mailto:SUMMARY:LOCATION:DESCRIPTION:SEQUENCE:0
    STATUS:CONFIRMED
    TRANSP:OPAQUE
    END:VEVENT
    END:VCALENDAR
    Reporting-MTA: dns;\#u{20}
    Arrival-Date:\#u{20}
    Final-Recipient: rfc822;\#u{20}
    Original-Recipient: rfc822;
    Action: failed
    Status: 5.1.1
    Remote-MTA: dns;\#u{20}
    Diagnostic-Code: smtp; 550 5.1.1 : Recipient address rejected: User unknown
    Content-Type: multipart/report; report-type=delivery-status; boundary="
    Content-Type: message/delivery-status
    Content-Type: message/rfc822
    Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary="
    Content-Type: application/pkcs7-signature; name="smime.p7s"
    X-MS-Exchange-Organization-AuthAs: Internal
    X-MS-Exchange-Organization-AuthSource: .namprd01.prod.outlook.com
    X-MS-Exchange-Organization-SCL: 1
    X-MS-Exchange-Organization-Network-Message-Id:\#u{20}
    X-MS-Exchange-CrossTenant-Network-Message-Id:\#u{20}
    X-MS-Exchange-CrossTenant-originalarrivaltime: 01 Jan 2025 10:00:00.0000000 (UTC)
    X-MS-Exchange-CrossTenant-fromentityheader: Hosted
    X-MS-Exchange-CrossTenant-id:\#u{20}
    X-MS-Exchange-CrossTenant-AuthSource: .eurprd04.prod.outlook.com
    X-MS-Exchange-CrossTenant-AuthAs: Anonymous
    X-MS-Exchange-CrossTenant-mailboxtype: HOSTED
    X-MS-Exchange-CrossTenant-userprincipalname:\#u{20}
    X-MS-Exchange-Transport-CrossTenantHeadersStamped:\#u{20}
    X-MS-Exchange-Transport-EndToEndLatency: 00:00:01.
    X-MS-Exchange-Processed-By-BccFoldering: 15.20.
    X-MS-Office365-Filtering-Correlation-Id:\#u{20}
    x-ms-publictraffictype: Email
    x-ms-traffictypediagnostic:\#u{20}
    x-ms-exchange-senderadcheck: 1
    x-ms-exchange-antispam-relay: 0
    x-microsoft-antispam: BCL:0;ARA:13230040|366016|1800799024|376014|38070700018;
    x-microsoft-antispam-message-info:\#u{20}
    x-forefront-antispam-report: CIP:255.255.255.255;CTRY:;LANG:en;SCL:1;SRV:;IPV:NLI;SFV:NSPM;H:;PTR:;C\#
    AT:NONE;SFS:;DIR:OUT;SFP:1101;
    x-ms-exchange-antispam-messagedata-chunkcount: 1
    x-ms-exchange-antispam-messagedata-0:\#u{20}
    X-OriginatorOrg: outlook.com
    x-ms-has-attach: yes
    X-MS-TNEF-Correlator:\#u{20}
    x-ms-exchange-messagesentrepresentingtype: 1
    X-EOPAttributedMessage: 0
    X-EOPTenantAttributedMessage:\#u{20}
    msip_labels:
    X-Spam-Checker-Version: SpamAssassin 4.0.0 (2022-12-14) on\#u{20}
    X-Spam-Level: *
    X-Spam-Status: No, score=-1.9 required=5.0 tests=BAYES_00,DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU,DKIM_\#
    VALID_EF,HTML_MESSAGE,RCVD_IN_DNSWL_NONE,SPF_HELO_NONE,SPF_PASS,T_SCC_BODY_TEXT_LINE autolearn=ham\#
     autolearn_force=no version=3.4.6
    X-Spam-Flag: NO
    X-Spam-Score: -2.1
    X-Spamd-Result: default: False [-2.50 / 15.00]; BAYES_HAM(-3.00)[99.99%];\#
     DMARC_POLICY_ALLOW(-0.50)[none]; R_SPF_ALLOW(-0.20)[+ip4: R_DKIM_ALLOW(-0.20)[\#
     MIME_GOOD(-0.10)[text/plain]; RCPT_COUNT_ONE(0.00)[1]; ARC_NA(0.00)[]; ASN(0.00)[asn:, ipnet:,\#
     country:US];
    X-Rspamd-Queue-Id:\#u{20}
    X-Rspamd-Server:\#u{20}
    X-Virus-Scanned: Debian amavisd-new at\#u{20}
    X-Virus-Status: Clean
    X-Originating-IP: []
    X-Proofpoint-GUID:\#u{20}
    X-Proofpoint-ORIG-GUID:\#u{20}
    X-Proofpoint-Virus-Version: vendor=baseguard engine=ICAP:2.0.
    X-Mimecast-Spam-Score: 0
    X-MC-Unique:\#u{20}
    X-Mailman-Version: 2.1.29
    X-BeenThere:\#u{20}
    Mailing-List: contact ; run by ezmlm
    Errors-To:\#u{20}
    Sender:\#u{20}
    Precedence: bulk
    Precedence: list
    List-Id: <.>
    List-Unsubscribe: <https://>, <mailto:unsubscribe@?subject=unsubscribe>
    List-Unsubscribe-Post: List-Unsubscribe=One-Click
    List-Archive: <https://
    List-Post: <mailto:
    List-Help: <mailto:-request@?subject=help>
    List-Subscribe: <https:///mailman/listinfo/>, <mailto:-request@?subject=subscribe>
    Auto-Submitted: auto-generated
    Auto-Submitted: auto-replied
    X-Auto-Response-Suppress: All
    X-Autoreply: yes
    Feedback-ID:\#u{20}
    X-SES-Outgoing: 2025.01.01-54.240.
    X-SG-EID:\#u{20}
    X-SG-ID:\#u{20}
    X-Entity-ID:\#u{20}
    X-Mailgun-Sid:\#u{20}
    X-Report-Abuse:\#u{20}
    X-Campaign:\#u{20}
    X-Google-Original-From:\#u{20}
    X-Gm-Features:\#u{20}
    X-Gm-Gg:\#u{20}
    X-Google-Smtp-Source: AG
    X-Received: by 2002:a17:90b: with SMTP id\#u{20}
            Wed, 01 Jan 2025 10:00:00 -0800 (PST)
    X-Forwarded-To:\#u{20}
    X-Forwarded-For:\#u{20}
    X-Original-To:\#u{20}
    Delivered-To:\#u{20}
    Return-Path: <>
    Return-Path: <bounces+
    Received-SPF: pass (google.com: domain of  designates 209.85.220.41 as permitted sender) client-ip=;
    Received-SPF: Pass (protection.outlook.com: domain of  designates  as permitted sender)\#
     receiver=protection.outlook.com; client-ip=; helo=; pr=C
    Received-SPF: Pass (mailfrom) identity=mailfrom; client-ip=; helo=; envelope-from=; receiver=
    ARC-Seal: i=1; a=rsa-sha256; t=17; cv=none; d=google.com; s=arc-20240605; b=
    ARC-Seal: i=2; a=rsa-sha256; t=17; cv=pass; d=
    ARC-Seal: i=1; a=rsa-sha256; s=arcselector10001; d=microsoft.com; cv=none; b=
    ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=microsoft.com; s=arcselector10001;\#
     h=From:Date:Subject:Message-ID:Content-Type:MIME-Version:X-MS-Exchange-AntiSpam-MessageData-ChunkCo\#
    unt:X-MS-Exchange-AntiSpam-MessageData-0:X-MS-Exchange-AntiSpam-MessageData-1; bh=
    ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=google.com; s=arc-20240605;
            h=to:subject:message-id:date:from:in-reply-to:references:mime-version:dkim-signature; bh=
            fh=
            dara=google.com
    ARC-Authentication-Results: i=1; mx.microsoft.com 1; spf=pass smtp.mailfrom=; dmarc=pass\#
     action=none header.from=; dkim=pass header.d=; arc=none
    ARC-Authentication-Results: i=1; mx.google.com;
           dkim=pass header.i=@gmail.com header.s=20230601 header.b=
           spf=pass (google.com: domain of  designates  as permitted sender) smtp.mailfrom=;
           dmarc=pass (p=NONE sp=QUARANTINE dis=NONE) header.from=gmail.com;
           dara=pass header.i=@
    Authentication-Results: mx.; dkim=pass (2048-bit key; unprotected) header.d= header.i=@\#
     header.a=rsa-sha256 header.s=selector1 header.b=; dkim-atps=neutral; dmarc=none; spf=pass (sender\#
     IP is ) smtp.mailfrom=; smtp.helo=; compauth=pass reason=100
    DKIM-Signature: v=1; a=rsa-sha256; q=dns/txt; c=relaxed/simple; s=default; d=; t=17;\#
     h=From:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:L\#
    ist-Unsubscribe:List-Unsubscribe-Post:In-Reply-To:References; bh=; b=
    DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=; s=selector1;\#
     h=From:Date:Subject:Message-ID:Content-Type:MIME-Version:X-MS-Exchange-SenderADCheck; bh=
    DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
            d=gmail.com; s=20230601; t=17; x=17; darn=;
            h=to:subject:message-id:date:from:in-reply-to:references:mime-version
             :from:to:cc:subject:date:message-id:reply-to;
            bh=
            b=
            \#u{20}
    DomainKey-Signature: a=rsa-sha1; q=dns; c=nofws; s=
    X-Google-DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=1e100.net; s=20230601; t=17; x=17;\#
     h=to:subject:message-id:date:from:in-reply-to:references:mime-version:x-gm-message-state:from:to:cc\#
    :subject:date:message-id:reply-to; bh=
    X-Gm-Message-State: AOJu0Y
    Received: by 2002:a05:6a00: with SMTP id\#u{20}
            for <>; Wed, 01 Jan 2025 10:00:00 -0700 (PDT)
    Received: from mail-sor-f41.google.com (mail-sor-f41.google.com. [209.85.220.41])
            by mx.google.com with SMTPS id\#u{20}
            for <>
            (Google Transport Security);
            Wed, 01 Jan 2025 10:00:00 -0800 (PST)
    Received: from .eurprd04.prod.outlook.com (2603:10a6:) by .prod.outlook.com (2603:10b6:) with\#
     Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id\#
     15.20.8000.; Wed, 1 Jan 2025 10:00:00 +0000
    Received: from .prod.outlook.com ([fe80::]) by .prod.outlook.com ([fe80::%]) with mapi id\#
     15.20.8000.; Mon, 1 Jan 2025 10:00:00 +0000
    Received: from .prod.protection.outlook.com (2603:10a6::cafe::) by .outlook.office365.com\#
     (2603:10a6::) with Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.\#
     via Frontend Transport;\#u{20}
    Received: from unknown (HELO ) () by  with SMTP; 1 Jan 2025 10:00:00 -0000
    Received: from localhost (localhost [127.0.0.1]) by mail. (Postfix) with ESMTP id\#u{20}
    Received: from mail. (mail. [10.0.0.1])
    	by mx. (Postfix) with ESMTPS id\#u{20}
    	for <>; Mon, 01 Jan 2025 10:00:00 +0100 (CET)
    Received: from [192.168.1.10] (p.dip0.t-ipconnect.de [])
    	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
    	 key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256)
    	(No client certificate requested)
    	by  (Postfix) with ESMTPSA id\#u{20}
    	(envelope-from <>)
    	id 1t; Tue, 01 Jan 2025 10:00:00 +0200 (CEST)
    	(Exim 4.96) (envelope-from <>)
    	by  with LMTP
    	id\#u{20}
    	with esmtps  (TLS1.3) tls TLS_AES_256_GCM_SHA384
    X-Mailer: Apple Mail (2.3826.200.121)
    X-Mailer: iPhone Mail (22A3370)
    X-Mailer: Microsoft Outlook 16.0
    X-Mailer: YahooMailAndroidMobile
    X-MimeOLE: Produced By Microsoft MimeOLE V6.00.2900.2180
    User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0
    User-Agent: Mozilla Thunderbird
    User-Agent: Mutt/2.2.12 (2023-09-09)
    User-Agent: Roundcube Webmail/1.6.
    Organization:\#u{20}
    X-Priority: 3 (Normal)
    X-MSMail-Priority: Normal
    Importance: Normal
    X-Universally-Unique-Identifier:\#u{20}
    Disposition-Notification-To:\#u{20}
    Thread-Topic:\#u{20}
    Thread-Index: AQHb
    Accept-Language: de-DE, en-US
    Content-Language: en-US
    Content-Language: de-DE
    Reply-To:\#u{20}
    Reply-To: noreply@
    Bcc:\#u{20}
    Cc:\#u{20}
    To: undisclosed-recipients:;
    Autocrypt: addr=; prefer-encrypt=mutual; keydata=
    X-Confirm-Reading-To:\#u{20}
    X-UIDL:\#u{20}
    X-Mozilla-Status: 0001
    X-Mozilla-Status2: 00000000
    X-Mozilla-Keys:\#u{20}
    Content-Type: application/pdf; name="
    Content-Type: image/png; name="image001.png"
    Content-Type: image/jpeg; name="image001.jpg"
    Content-Type: image/gif; name="
    Content-Type: application/octet-stream; name="
    Content-Type: text/calendar; charset="UTF-8"; method=REQUEST
    Content-Type: text/csv; charset=utf-8; name="
    Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document; name=".docx"
    Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet; name=".xlsx"
    Content-Type: application/msword; name=".doc"
    Content-Type: application/zip; name=".zip"
    Content-Disposition: attachment; filename="
    Content-Disposition: attachment;
    	filename*=UTF-8''
    Content-Disposition: inline; filename="image001.png"; size=; creation-date="Wed, 01 Jan 2025\#
     10:00:00 GMT"; modification-date="
    X-Attachment-Id: f_
    Content-ID: <image001.png@01DB>
    Content-Description:\#u{20}
    Content-Location:\#u{20}
    Message-ID: <.JavaMail.root@>
    Message-ID: <@mail.gmail.com>
    Message-ID: <@.prod.outlook.com>
    Message-ID: <0102019.eu-west-1.amazonses.com>
    Message-Id: <>
    In-Reply-To: <CAA
    In-Reply-To: <
    References: <CAA
    References: <
     <
    Subject: =?UTF-8?Q?
    Subject: =?utf-8?B?
    Subject: =?iso-8859-1?Q?
    Subject: Fwd:\#u{20}
    Subject: Re:\#u{20}
    Subject: RE:\#u{20}
    Subject: AW:\#u{20}
    From: =?UTF-8?Q?
     =?UTF-8?Q?_=C3=BC?= =?utf-8?B?
    From: "" <info@.com>
    From: <noreply@.org>
    To: "" <@gmail.com>
    To: <@outlook.com>, <@.de>, @example.net,\#u{20}
    Cc:\#u{20}
    Date: Sun, 31 Dec 2023 23:59:59 -0500
    Date: Sat, 1 Feb 2020 08:30:00 -0400
    Date: Fri, 28 Mar 2025 14:15:16 +0200
    Date: Thu, 17 Apr 2026 09:12:47 +0100
    Date: Wed, 12 Jun 2024 11:22:33 +0530
    Date: Tue, 9 Sep 2025 17:45:21 +0900
    Date: Mon, 25 Nov 2024 10:05:08 +0000
    MIME-Version: 1.0 (Mac OS X Mail 16.0 \(3826.200.121\))
    MIME-Version: 1.0
    Mime-Version: 1.0
    Content-Type: multipart/mixed;
    	boundary="----=_NextPart_000_0000_01DB
    Content-Type: multipart/alternative;
    	boundary="_000_
    Content-Type: multipart/related;
    	boundary="_004_";
    	type="multipart/alternative"
    Content-Type: multipart/mixed; boundary="===============
    Content-Type: multipart/alternative; boundary="Apple-Mail=_
    Content-Type: multipart/alternative; boundary="------------
    Content-Type: multipart/related; boundary="----=_Part_
    Content-Type: multipart/mixed; boundary="000000000000
    Content-Type: multipart/alternative; boundary="000000000000

    This is a multi-part message in MIME format.
    This is a cryptographically signed message in MIME format.

    --000000000000
    Content-Type: text/plain; charset=UTF-8; format=flowed; delsp=yes
    Content-Type: text/plain; charset=us-ascii
    Content-Type: text/plain; charset=iso-8859-1
    Content-Type: text/html; charset=iso-8859-1
    Content-Type: text/plain; charset="Windows-1252"
    Content-Type: text/plain;
    	charset="us-ascii"
    Content-Type: text/html;
    	charset="utf-8"
    Content-Disposition: inline
    Content-Transfer-Encoding: 8bit
    Content-Transfer-Encoding: base64
    Content-Transfer-Encoding: 7bit
    Content-Type: text/plain; charset="utf-8"
    Content-Type: text/html; charset="utf-8"
    Content-Type: text/html; charset="UTF-8"
    Content-Transfer-Encoding: quoted-printable

    --

    """#
}
