"""The list of implemented methods, with the parameters that each one honours."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.sandbox.api.calls import Call
from bot.sandbox.errors import not_implemented
from bot.sandbox.state.world import World

# Returns the result, or an awaitable of it for the few methods that wait.
Run = Callable[[World, Call], Any]
RunT = TypeVar("RunT", bound=Run)


@dataclass(frozen=True, slots=True)
class Method:
    run: Run
    parameters: frozenset[str]


METHODS: dict[str, Method] = {}


def implements(name: str, parameters: str = "") -> Callable[[RunT], RunT]:
    """Registers a method of the Bot API; `parameters` are names divided by spaces."""

    def register(run: RunT) -> RunT:
        METHODS[name.lower()] = Method(run, frozenset(parameters.split()))
        return run

    return register


def check_implemented(name: str) -> None:
    if name.lower() not in METHODS:
        raise not_implemented(f"the method {name}")


async def carry_out(world: World, call: Call) -> Any:
    """The method's result as JSON. A parameter without effect here is refused rather than passed over."""
    method = METHODS[call.method.lower()]
    for name, value in call.values.items():
        if name not in method.parameters and value is not False:
            raise not_implemented(f'the parameter "{name}" of {call.method}')
    result = method.run(world, call)
    return await result if inspect.isawaitable(result) else result
