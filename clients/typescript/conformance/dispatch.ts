// Generated from protocol/openrpc.json by stubgen. Do not edit.
// The typed calls by their names.

import type * as api from "../src/index.js";
import { typed } from "./typed.js";

type Params = Record<string, unknown>;

export async function call(
  client: api.PostroomClient, method: string, params: Params, options: api.KeyedCallOptions
): Promise<unknown> {
  switch (method) {
    case "mailbox.connect":
      return await client.mailbox.connect(typed<api.MailboxConnectParams>(params), options);
    case "mailbox.get":
      return await client.mailbox.get(typed<api.MailboxGetParams>(params), options);
    case "mailbox.list":
      return await client.mailbox.list(options);
    case "mailbox.audit":
      return await client.mailbox.audit(typed<api.MailboxAuditParams>(params), options);
    case "mailbox.discover":
      return await client.mailbox.discover(typed<api.MailboxDiscoverParams>(params), options);
    case "mailbox.probe":
      return await client.mailbox.probe(typed<api.MailboxProbeParams>(params), options);
    case "mailbox.reconnect":
      return await client.mailbox.reconnect(typed<api.MailboxReconnectParams>(params), options);
    case "mailbox.update":
      return await client.mailbox.update(typed<api.MailboxUpdateParams>(params), options);
    case "mailbox.disconnect":
      return await client.mailbox.disconnect(typed<api.MailboxDisconnectParams>(params), options);
    case "mailbox.delete":
      return await client.mailbox.delete(typed<api.MailboxDeleteParams>(params), options);
    case "oauth.providers":
      return await client.oauth.providers(options);
    case "oauth.begin":
      return await client.oauth.begin(typed<api.OauthBeginParams>(params), options);
    case "oauth.complete":
      return await client.oauth.complete(typed<api.OauthCompleteParams>(params), options);
    case "oauth.device":
      return await client.oauth.device(typed<api.OauthDeviceParams>(params), options);
    case "oauth.wait":
      return await client.oauth.wait(typed<api.OauthWaitParams>(params), options);
    case "folder.list":
      return await client.folder.list(typed<api.FolderListParams>(params), options);
    case "sync.run":
      return await client.sync.run(typed<api.SyncRunParams>(params), options);
    case "sync.cancel":
      return await client.sync.cancel(typed<api.SyncCancelParams>(params), options);
    case "sync.status":
      return await client.sync.status(typed<api.SyncStatusParams>(params), options);
    case "mail.send":
      return await client.mail.send(typed<api.MailSendParams>(params, "attachments.*.data"), options);
    case "mail.status":
      return await client.mail.status(typed<api.MailStatusParams>(params), options);
    case "mail.cancel":
      return await client.mail.cancel(typed<api.MailCancelParams>(params), options);
    case "mail.reply":
      return await client.mail.reply(typed<api.MailReplyParams>(params), options);
    case "mail.forward":
      return await client.mail.forward(typed<api.MailForwardParams>(params), options);
    case "mail.get":
      return await client.mail.get(typed<api.MailGetParams>(params), options);
    case "mail.list":
      return await client.mail.list(typed<api.MailListParams>(params), options);
    case "mail.search":
      return await client.mail.search(typed<api.MailSearchParams>(params), options);
    case "mail.delete":
      return await client.mail.delete(typed<api.MailDeleteParams>(params), options);
    case "mail.restore":
      return await client.mail.restore(typed<api.MailRestoreParams>(params), options);
    case "thread.lookup":
      return await client.thread.lookup(typed<api.ThreadLookupParams>(params), options);
    case "thread.get":
      return await client.thread.get(typed<api.ThreadGetParams>(params), options);
    case "thread.list":
      return await client.thread.list(typed<api.ThreadListParams>(params), options);
    case "thread.track":
      return await client.thread.track(typed<api.ThreadTrackParams>(params), options);
    case "thread.untrack":
      return await client.thread.untrack(typed<api.ThreadUntrackParams>(params), options);
    case "thread.split":
      return await client.thread.split(typed<api.ThreadSplitParams>(params), options);
    case "thread.merge":
      return await client.thread.merge(typed<api.ThreadMergeParams>(params), options);
    case "record.link":
      return await client.record.link(typed<api.RecordLinkParams>(params), options);
    case "record.unlink":
      return await client.record.unlink(typed<api.RecordUnlinkParams>(params), options);
    case "record.list":
      return await client.record.list(typed<api.RecordListParams>(params), options);
    case "record.timeline":
      return await client.record.timeline(typed<api.RecordTimelineParams>(params), options);
    case "upload.open":
      return await client.upload.open(typed<api.UploadOpenParams>(params), options);
    case "upload.write":
      return await client.upload.write(typed<api.UploadWriteParams>(params, "data"), options);
    case "upload.get":
      return await client.upload.get(typed<api.UploadGetParams>(params), options);
    case "upload.list":
      return await client.upload.list(options);
    case "upload.commit":
      return await client.upload.commit(typed<api.UploadCommitParams>(params), options);
    case "upload.cancel":
      return await client.upload.cancel(typed<api.UploadCancelParams>(params), options);
    case "purge.preview":
      return await client.purge.preview(typed<api.PurgePreviewParams>(params), options);
    case "purge.run":
      return await client.purge.run(typed<api.PurgeRunParams>(params), options);
    case "purge.status":
      return await client.purge.status(typed<api.PurgeStatusParams>(params), options);
    case "purge.receipts":
      return await client.purge.receipts(typed<api.PurgeReceiptsParams>(params), options);
    case "purge.publicKey":
      return await client.purge.publicKey(options);
    case "retention.get":
      return await client.retention.get(typed<api.RetentionGetParams>(params), options);
    case "retention.set":
      return await client.retention.set(typed<api.RetentionSetParams>(params), options);
    case "retention.ofMail":
      return await client.retention.ofMail(typed<api.RetentionOfMailParams>(params), options);
    case "retention.acceptClock":
      return await client.retention.acceptClock(options);
    case "hold.place":
      return await client.hold.place(typed<api.HoldPlaceParams>(params), options);
    case "hold.list":
      return await client.hold.list(options);
    case "hold.release":
      return await client.hold.release(typed<api.HoldReleaseParams>(params), options);
    case "webhook.create":
      return await client.webhook.create(typed<api.WebhookCreateParams>(params), options);
    case "webhook.get":
      return await client.webhook.get(typed<api.WebhookGetParams>(params), options);
    case "webhook.list":
      return await client.webhook.list(options);
    case "webhook.update":
      return await client.webhook.update(typed<api.WebhookUpdateParams>(params), options);
    case "webhook.replay":
      return await client.webhook.replay(typed<api.WebhookReplayParams>(params), options);
    case "webhook.test":
      return await client.webhook.test(typed<api.WebhookTestParams>(params), options);
    case "webhook.delete":
      return await client.webhook.delete(typed<api.WebhookDeleteParams>(params), options);
    case "events.read":
      return await client.events.read(typed<api.EventsReadParams>(params), options);
    case "tenant.create":
      return await client.tenant.create(typed<api.TenantCreateParams>(params), options);
    case "tenant.get":
      return await client.tenant.get(typed<api.TenantGetParams>(params), options);
    case "tenant.settings":
      return await client.tenant.settings(options);
    case "tenant.update":
      return await client.tenant.update(typed<api.TenantUpdateParams>(params), options);
    case "tenant.list":
      return await client.tenant.list(options);
    case "token.create":
      return await client.token.create(typed<api.TokenCreateParams>(params), options);
    case "token.addCertificate":
      return await client.token.addCertificate(typed<api.TokenAddCertificateParams>(params), options);
    case "token.get":
      return await client.token.get(typed<api.TokenGetParams>(params), options);
    case "token.list":
      return await client.token.list(typed<api.TokenListParams>(params), options);
    case "token.revoke":
      return await client.token.revoke(typed<api.TokenRevokeParams>(params), options);
    case "server.info":
      return await client.server.info(options);
    case "server.stats":
      return await client.server.stats(options);
    case "health.check":
      return await client.health.check(typed<api.HealthCheckParams>(params), options);
    default: throw new Error(`no such call: ${method}`);
  }
}

export function open(
  client: api.PostroomClient, method: string, params: Params, options: api.StreamOptions
): api.PostroomStream<unknown> {
  switch (method) {
    case "sync.watch":
      return client.sync.watch(typed<api.SyncWatchParams>(params), options);
    case "mail.source":
      return client.mail.source(typed<api.MailSourceParams>(params), options);
    case "attachment.get":
      return client.attachment.get(typed<api.AttachmentGetParams>(params), options);
    case "upload.fill":
      return client.upload.fill(typed<api.UploadFillParams>(params), options);
    case "events.subscribe":
      return client.events.subscribe(typed<api.EventsSubscribeParams>(params), options);
    case "server.log":
      return client.server.log(typed<api.ServerLogParams>(params), options);
    case "health.watch":
      return client.health.watch(typed<api.HealthWatchParams>(params), options);
    default: throw new Error(`no such stream: ${method}`);
  }
}

/** A value that is sent into the stream `method`, from what stands in JSON. */
export function sent(method: string, value: Params): unknown {
  switch (method) {
    case "upload.fill":
      return typed<api.UploadPiece>(value, "data");
    default: throw new Error(`no such stream: ${method}`);
  }
}
