"""Import contracts about modules that are built one after the other."""

from __future__ import annotations

from typing import cast

from grimp import ImportGraph
from importlinter import ContractCheck
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.domain.imports import ModuleExpression


class ForbiddenOnceBuilt(ForbiddenContract):
    """`forbidden`, for modules of ours that may not be written yet: those are left out, with a warning."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Check the modules that exist, and name those that the contract still waits for."""
        ours = tuple(f"{package}." for package in self.session_options["root_packages"])
        waiting = set()
        for field in (self.source_modules, self.forbidden_modules):
            modules = cast(set[ModuleExpression], field)
            missing = {m for m in modules if str(m).startswith(ours) and str(m) not in graph.modules}
            modules -= missing
            waiting |= {f"Waits for {module}." for module in missing}
        result = super().check(graph, verbose)
        result.warnings += sorted(waiting)
        return result
