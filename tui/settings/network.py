"""What the configuration says of whom sources may be asked by: providers, hosts and routes."""

from __future__ import annotations

from tui.settings.file import SettingsFile, or_nearest, shown

NAMES = ("hosts", "routes")
"""What the table `[network]` may say."""


def providers(file: SettingsFile) -> tuple[str, ...]:
    """The providers that are turned on, those that there are not left out."""
    named = file.names("providers")
    if not named:
        return ()
    from sources.adapters import MODULES  # which only who turns one on needs

    for name in named:
        if name not in MODULES:
            file.fault("providers", f'providers: no source "{name}"{or_nearest(name, tuple(MODULES))}')
    return tuple(name for name in named if name in MODULES)


def hosts(file: SettingsFile) -> tuple[str, ...]:
    """The hosts with private addresses that may be asked, as addresses have them."""
    named = file.names("network.hosts")
    for name in named:
        if not _is_host(name):
            file.fault(
                "network.hosts", f'{shown(name)} is no host; expected a name such as "data.bank.intern"'
            )
    return tuple(name.lower() for name in named if _is_host(name))


def routes(file: SettingsFile) -> dict[str, str]:
    """The places that are asked instead of hosts."""
    table = file.table("network.routes", 'a table of "host" = "https://..."')
    found = {}
    for host, place in table.items():
        name = f"network.routes.{host}"
        if not _is_host(host):
            file.fault(name, f'"{host}" is no host; expected a name such as "api.example.org"')
        elif isinstance(place, str) and place.startswith(("https://", "http://")):
            found[host.lower()] = place
        else:
            file.fault(name, f"{host} is {shown(place)}; expected an address with https://")
    return found


def _is_host(name: str) -> bool:
    """Whether it is the name of a host or an address, without scheme, port or path."""
    if name.count(":") > 1:
        return all(letter in "0123456789abcdefABCDEF:." for letter in name)
    return all(part.replace("-", "").replace("_", "").isalnum() for part in name.split("."))
