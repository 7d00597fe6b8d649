"""Frozen values: what `dataclass(frozen=True, slots=True)` makes, in a tenth of its time.

The standard library compiles six functions for every class. A digest knows a hundred classes and meets a third of them,
so what compares, hashes and shows a value is written here once, and what differs from class to class is made when the
class is first asked for it: `__init__`, and the fields that `fields`, `replace` and `asdict` look at.

Type checkers are shown the decorator of the standard library; values behave as if that had made them.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as standard_dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Class = type[Any]


def _dataclass(*, frozen: Literal[True], slots: Literal[True], eq: bool = True) -> Callable[[Class], Class]:  # noqa: ARG001
    """A class decorator: annotated names become fields in the order they are written.

    A field may have a default or be a `field()`. There is one kind of value, `frozen` and `slots` say so to whoever
    reads the class; values inherit from no other value.
    """
    return lambda cls: _made(cls, eq=eq)


def _made(cls: Class, *, eq: bool) -> Class:
    """The class once more, with a slot for every field; slots cannot be added to a class that stands."""
    told = {name: cls.__dict__.get(name, MISSING) for name in cls.__annotations__}
    names = tuple(told)
    handed = tuple(name for name in names if not isinstance(told[name], Field) or told[name].init)
    body: dict[str, Any] = {
        "__slots__": names,
        "__match_args__": handed,
        "__init__": _Late(lambda made: _initialiser(made, told)),
        "__dataclass_fields__": _Late(lambda made: _standard_fields(made, told)),
        "__setattr__": _refuse_setting,
        "__delattr__": _refuse_deleting,
        "__repr__": _shown,
        "__reduce__": _reduced,
    }
    if eq:
        values: Callable[[object], object] = attrgetter(*names) if names else _nothing

        def equal(self: object, other: object) -> bool:
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        def hashed(self: object) -> int:
            return hash(values(self))

        body |= {"__eq__": equal, "__hash__": hashed}
    body |= {name: value for name, value in cls.__dict__.items() if name not in told and name not in _OF_ITS_OWN}
    made: Class = type(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made


class _Late:
    """An attribute of a class that is made when it is first asked for."""

    def __init__(self, make: Callable[[Class], Any]) -> None:
        self._make = make

    def __set_name__(self, owner: Class, name: str) -> None:
        """Where it stands."""
        self._owner, self._name = owner, name

    def __get__(self, value: object, _: object) -> Any:  # noqa: ANN401 - a function or fields
        """What was made; it takes this place."""
        setattr(self._owner, self._name, self._make(self._owner))
        return getattr(self._owner if value is None else value, self._name)


def _initialiser(cls: Class, told: Mapping[str, Any]) -> Callable[..., None]:
    """`__init__`: every value goes straight into its slot, then `__post_init__` has its say."""
    known: dict[str, Any] = {"__missing": MISSING}
    takes, does = ["self"], []
    for name in cls.__match_args__:
        default = told[name]
        value = name
        if isinstance(default, Field):
            if default.default_factory is not MISSING:
                known[f"__make_{name}"] = default.default_factory
                value = f"__make_{name}() if {name} is __missing else {name}"
            default = default.default
        known[f"__default_{name}"] = default
        known[f"__set_{name}"] = cls.__dict__[name].__set__
        takes.append(name if default is MISSING and value == name else f"{name}=__default_{name}")
        does.append(f"__set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        does.append("self.__post_init__()")
    exec(f"def __init__({', '.join(takes)}):\n " + "\n ".join(does or ["pass"]), known)  # noqa: S102 - names of fields
    made: Callable[..., None] = known["__init__"]
    made.__module__, made.__qualname__ = cls.__module__, f"{cls.__qualname__}.__init__"
    made.__annotations__ = {name: cls.__annotations__[name] for name in cls.__match_args__} | {"return": None}
    return made


def _standard_fields(cls: Class, told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as the standard library keeps them, which makes them of a class that is nothing but fields."""
    body = {name: default for name, default in told.items() if default is not MISSING}
    body |= {"__annotations__": cls.__annotations__, "__module__": cls.__module__}
    twin: Class = type(cls.__name__, (), body)
    found: dict[str, Any] = standard_dataclass(init=False, repr=False, eq=False)(twin).__dataclass_fields__
    return found


def _nothing(_: object) -> tuple[()]:
    """What a value without fields holds."""
    return ()


def _shown(self: Any) -> str:  # noqa: ANN401 - any value
    """`Run(text='引言', voice='body')`, without the fields that are not to be shown."""
    shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse_setting(_: object, name: str, __: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _reduced(self: Any) -> tuple[Class, tuple[object, ...]]:  # noqa: ANN401 - any value
    """What `copy` and `pickle` make it of."""
    return type(self), tuple(getattr(self, name) for name in self.__match_args__)


_OF_ITS_OWN: Final = frozenset({"__dict__", "__weakref__"})  # what the first class has and slots replace

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - handed on
else:
    dataclass = _dataclass
