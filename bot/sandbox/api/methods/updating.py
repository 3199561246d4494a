"""How the bot gets its updates: long polling or a webhook."""

from __future__ import annotations

from bot.sandbox.api.calls import Call
from bot.sandbox.api.methods.registry import implements
from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.state.webhook import Target
from bot.sandbox.state.world import World
from bot.sandbox.types import Json

_LONGEST_POLL = 50
_MOST_UPDATES = 100
_USUAL_CONNECTIONS = 40
_MOST_CONNECTIONS = 100
_WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@implements("getUpdates", "offset limit timeout allowed_updates")
async def get_updates(world: World, call: Call) -> list[Json]:
    if world.webhook.target is not None:
        raise conflict(_WEBHOOK_ACTIVE)
    limit = call.get("limit", _MOST_UPDATES)
    if not 1 <= limit <= _MOST_UPDATES:
        raise bad_request("limit must be between 1 and 100")
    world.updates.allow(call.get("allowed_updates"))
    timeout = min(max(call.get("timeout", 0), 0), _LONGEST_POLL)
    return await world.updates.poll(call.get("offset", 0), limit, timeout)


@implements("setWebhook", "url secret_token max_connections allowed_updates drop_pending_updates ip_address")
async def set_webhook(world: World, call: Call) -> bool:
    if "url" not in call.values:
        return await delete_webhook(world, call)
    connections = call.get("max_connections", _USUAL_CONNECTIONS)
    if not 1 <= connections <= _MOST_CONNECTIONS:
        raise bad_request("max_connections must be between 1 and 100")
    if call.get("drop_pending_updates"):
        world.updates.clear()
    await world.webhook.set(Target(call["url"], call.get("secret_token"), connections))
    world.updates.allow(call.get("allowed_updates"))
    return True


@implements("deleteWebhook", "drop_pending_updates")
async def delete_webhook(world: World, call: Call) -> bool:
    if call.get("drop_pending_updates"):
        world.updates.clear()
    await world.webhook.delete()
    return True


@implements("getWebhookInfo")
def get_webhook_info(world: World, _call: Call) -> Json:
    return world.webhook.info()


@implements("logOut")
@implements("close")
def leave(_world: World, _call: Call) -> bool:
    return True
