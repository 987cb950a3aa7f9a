"""web3's IPC provider, values back to back on the Unix socket. needs: pip web3"""
import os
from web3 import IPCProvider

provider = IPCProvider(os.environ["POSTROOM_UNIX"])
answer = provider.make_request("rpc.ping", {"data": ["0x1", None, 1.5]})
assert answer["result"] == {"data": ["0x1", None, 1.5]}, answer
# It writes "params": [] whenever there are none.
assert provider.make_request("mailbox.list", {})["result"] == {"mailboxes": []}
# Longer than the 4,096 octets that the provider reads at once.
assert "mail.send" in {m["name"] for m in provider.make_request("rpc.discover", {})["result"]["methods"]}
answer = provider.make_request("eth_blockNumber", {})
assert answer["error"]["code"] == -32601, answer
batch = provider.make_batch_request([("rpc.ping", {"data": 1}), ("health.check", {}), ("rpc.ping", {"data": 3})])
assert [a["result"].get("data", a["result"].get("status")) for a in batch] == [1, "SERVING", 3], batch
