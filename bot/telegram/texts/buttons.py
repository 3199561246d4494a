"""The labels of buttons."""

from bot.telegram.texts.wording import _


def hint() -> str:
    return _("💡 Hint")


def later() -> str:
    return _("⏰ Later today")


def skip() -> str:
    return _("⏭ Skip")


def reveal() -> str:
    return _("👁 Show the model answer")


def earlier() -> str:
    return _("📝 My earlier answer")


def start_over() -> str:
    return _("↺ Start over")


def another() -> str:
    return _("➕ One more question")


def todays() -> str:
    return _("❓ Today's question")


def language() -> str:
    return _("🌐 Language")


def track() -> str:
    return _("🎯 Job")


def time() -> str:
    return _("🕘 Hour")


def zone() -> str:
    return _("🗺 Time zone")


def weekdays() -> str:
    return _("📅 Days")


def pause() -> str:
    return _("⏸ Pause")


def resume() -> str:
    return _("▶️ Resume")


def back() -> str:
    return _("« Back")


def other_time() -> str:
    return _("✏️ Another hour")


def other_city() -> str:
    return _("✏️ Another city")


def share_location() -> str:
    return _("📍 Share my location")


def cancel() -> str:
    return _("Cancel")


def pause_until_return() -> str:
    return _("Until I come back")


def forget() -> str:
    return _("Yes, delete everything")


def keep() -> str:
    return _("No, keep my data")
