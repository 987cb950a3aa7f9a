// Code generated from protocol/openrpc.json by stubgen. Do not edit.

// Package dispatch makes the typed calls by their names, for the tests.
package dispatch

import (
	"context"
	"encoding/json"
	"fmt"

	"postroom"
)

// Call makes the call method; params and the answer are JSON text.
func Call(ctx context.Context, c *postroom.Client, method string, params json.RawMessage, options ...postroom.CallOption) (any, error) {
	switch method {
	case "mailbox.connect":
		var p postroom.MailboxConnectParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mailbox.Connect(ctx, p, options...)
	case "mailbox.get":
		var p postroom.MailboxGetParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mailbox.Get(ctx, p, options...)
	case "mailbox.list":
		return c.Mailbox.List(ctx, options...)
	case "mailbox.audit":
		var p postroom.MailboxAuditParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mailbox.Audit(ctx, p, options...)
	case "mailbox.discover":
		var p postroom.MailboxDiscoverParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mailbox.Discover(ctx, p, options...)
	case "mailbox.probe":
		var p postroom.MailboxProbeParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mailbox.Probe(ctx, p, options...)
	case "mailbox.reconnect":
		var p postroom.MailboxReconnectParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mailbox.Reconnect(ctx, p, options...)
	case "mailbox.update":
		var p postroom.MailboxUpdateParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mailbox.Update(ctx, p, options...)
	case "mailbox.disconnect":
		var p postroom.MailboxDisconnectParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mailbox.Disconnect(ctx, p, options...)
	case "mailbox.delete":
		var p postroom.MailboxDeleteParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mailbox.Delete(ctx, p, options...)
	case "oauth.providers":
		return c.Oauth.Providers(ctx, options...)
	case "oauth.begin":
		var p postroom.OauthBeginParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Oauth.Begin(ctx, p, options...)
	case "oauth.complete":
		var p postroom.OauthCompleteParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Oauth.Complete(ctx, p, options...)
	case "oauth.device":
		var p postroom.OauthDeviceParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Oauth.Device(ctx, p, options...)
	case "oauth.wait":
		var p postroom.OauthWaitParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Oauth.Wait(ctx, p, options...)
	case "folder.list":
		var p postroom.FolderListParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Folder.List(ctx, p, options...)
	case "sync.run":
		var p postroom.SyncRunParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Sync.Run(ctx, p, options...)
	case "sync.cancel":
		var p postroom.SyncCancelParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Sync.Cancel(ctx, p, options...)
	case "sync.status":
		var p postroom.SyncStatusParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Sync.Status(ctx, p, options...)
	case "mail.send":
		var p postroom.MailSendParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mail.Send(ctx, p, options...)
	case "mail.status":
		var p postroom.MailStatusParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mail.Status(ctx, p, options...)
	case "mail.cancel":
		var p postroom.MailCancelParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mail.Cancel(ctx, p, options...)
	case "mail.reply":
		var p postroom.MailReplyParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mail.Reply(ctx, p, options...)
	case "mail.forward":
		var p postroom.MailForwardParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mail.Forward(ctx, p, options...)
	case "mail.get":
		var p postroom.MailGetParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mail.Get(ctx, p, options...)
	case "mail.list":
		var p postroom.MailListParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mail.List(ctx, p, options...)
	case "mail.search":
		var p postroom.MailSearchParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mail.Search(ctx, p, options...)
	case "mail.delete":
		var p postroom.MailDeleteParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mail.Delete(ctx, p, options...)
	case "mail.restore":
		var p postroom.MailRestoreParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Mail.Restore(ctx, p, options...)
	case "thread.lookup":
		var p postroom.ThreadLookupParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Thread.Lookup(ctx, p, options...)
	case "thread.get":
		var p postroom.ThreadGetParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Thread.Get(ctx, p, options...)
	case "thread.list":
		var p postroom.ThreadListParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Thread.List(ctx, p, options...)
	case "thread.track":
		var p postroom.ThreadTrackParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Thread.Track(ctx, p, options...)
	case "thread.untrack":
		var p postroom.ThreadUntrackParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Thread.Untrack(ctx, p, options...)
	case "thread.split":
		var p postroom.ThreadSplitParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Thread.Split(ctx, p, options...)
	case "thread.merge":
		var p postroom.ThreadMergeParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Thread.Merge(ctx, p, options...)
	case "record.link":
		var p postroom.RecordLinkParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return struct{}{}, c.Record.Link(ctx, p, options...)
	case "record.unlink":
		var p postroom.RecordUnlinkParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return struct{}{}, c.Record.Unlink(ctx, p, options...)
	case "record.list":
		var p postroom.RecordListParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Record.List(ctx, p, options...)
	case "record.timeline":
		var p postroom.RecordTimelineParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Record.Timeline(ctx, p, options...)
	case "upload.open":
		var p postroom.UploadOpenParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Upload.Open(ctx, p, options...)
	case "upload.write":
		var p postroom.UploadWriteParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Upload.Write(ctx, p, options...)
	case "upload.get":
		var p postroom.UploadGetParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Upload.Get(ctx, p, options...)
	case "upload.list":
		return c.Upload.List(ctx, options...)
	case "upload.commit":
		var p postroom.UploadCommitParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Upload.Commit(ctx, p, options...)
	case "upload.cancel":
		var p postroom.UploadCancelParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return struct{}{}, c.Upload.Cancel(ctx, p, options...)
	case "purge.preview":
		var p postroom.PurgePreviewParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Purge.Preview(ctx, p, options...)
	case "purge.run":
		var p postroom.PurgeRunParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Purge.Run(ctx, p, options...)
	case "purge.status":
		var p postroom.PurgeStatusParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Purge.Status(ctx, p, options...)
	case "purge.receipts":
		var p postroom.PurgeReceiptsParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Purge.Receipts(ctx, p, options...)
	case "purge.publicKey":
		return c.Purge.PublicKey(ctx, options...)
	case "retention.get":
		var p postroom.RetentionGetParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Retention.Get(ctx, p, options...)
	case "retention.set":
		var p postroom.RetentionSetParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Retention.Set(ctx, p, options...)
	case "retention.ofMail":
		var p postroom.RetentionOfMailParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Retention.OfMail(ctx, p, options...)
	case "retention.acceptClock":
		return struct{}{}, c.Retention.AcceptClock(ctx, options...)
	case "hold.place":
		var p postroom.HoldPlaceParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Hold.Place(ctx, p, options...)
	case "hold.list":
		return c.Hold.List(ctx, options...)
	case "hold.release":
		var p postroom.HoldReleaseParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return struct{}{}, c.Hold.Release(ctx, p, options...)
	case "webhook.create":
		var p postroom.WebhookCreateParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Webhook.Create(ctx, p, options...)
	case "webhook.get":
		var p postroom.WebhookGetParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Webhook.Get(ctx, p, options...)
	case "webhook.list":
		return c.Webhook.List(ctx, options...)
	case "webhook.update":
		var p postroom.WebhookUpdateParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Webhook.Update(ctx, p, options...)
	case "webhook.replay":
		var p postroom.WebhookReplayParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Webhook.Replay(ctx, p, options...)
	case "webhook.test":
		var p postroom.WebhookTestParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Webhook.Test(ctx, p, options...)
	case "webhook.delete":
		var p postroom.WebhookDeleteParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return struct{}{}, c.Webhook.Delete(ctx, p, options...)
	case "events.read":
		var p postroom.EventsReadParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Events.Read(ctx, p, options...)
	case "tenant.create":
		var p postroom.TenantCreateParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Tenant.Create(ctx, p, options...)
	case "tenant.get":
		var p postroom.TenantGetParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Tenant.Get(ctx, p, options...)
	case "tenant.settings":
		return c.Tenant.Settings(ctx, options...)
	case "tenant.update":
		var p postroom.TenantUpdateParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Tenant.Update(ctx, p, options...)
	case "tenant.list":
		return c.Tenant.List(ctx, options...)
	case "token.create":
		var p postroom.TokenCreateParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Token.Create(ctx, p, options...)
	case "token.addCertificate":
		var p postroom.TokenAddCertificateParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Token.AddCertificate(ctx, p, options...)
	case "token.get":
		var p postroom.TokenGetParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Token.Get(ctx, p, options...)
	case "token.list":
		var p postroom.TokenListParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Token.List(ctx, p, options...)
	case "token.revoke":
		var p postroom.TokenRevokeParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return struct{}{}, c.Token.Revoke(ctx, p, options...)
	case "server.info":
		return c.Server.Info(ctx, options...)
	case "server.stats":
		return c.Server.Stats(ctx, options...)
	case "health.check":
		var p postroom.HealthCheckParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return c.Health.Check(ctx, p, options...)
	}
	return nil, fmt.Errorf("no such call: %s", method)
}

// Open opens the stream method, whatever its values are.
func Open(ctx context.Context, c *postroom.Client, method string, params json.RawMessage, options ...postroom.StreamOption) (Stream, error) {
	switch method {
	case "sync.watch":
		var p postroom.SyncWatchParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return values[postroom.SyncStatus]{c.Sync.Watch(ctx, p, options...)}, nil
	case "mail.source":
		var p postroom.MailSourceParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return values[postroom.Chunk]{c.Mail.Source(ctx, p, options...)}, nil
	case "attachment.get":
		var p postroom.AttachmentGetParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return values[postroom.Chunk]{c.Attachment.Get(ctx, p, options...)}, nil
	case "upload.fill":
		var p postroom.UploadFillParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return exchanges[postroom.UploadPiece, postroom.Upload]{c.Upload.Fill(ctx, p, options...)}, nil
	case "events.subscribe":
		var p postroom.EventsSubscribeParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return values[postroom.Event]{c.Events.Subscribe(ctx, p, options...)}, nil
	case "server.log":
		var p postroom.ServerLogParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return values[postroom.LogLine]{c.Server.Log(ctx, p, options...)}, nil
	case "health.watch":
		var p postroom.HealthWatchParams
		if err := decode(params, &p); err != nil {
			return nil, err
		}
		return values[postroom.Health]{c.Health.Watch(ctx, p, options...)}, nil
	}
	return nil, fmt.Errorf("no such stream: %s", method)
}
