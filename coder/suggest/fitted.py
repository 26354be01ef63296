"""What a fitted suggester scores by, as plain numbers and words: what a model file holds and a batch run needs."""

from dataclasses import dataclass

import numpy as np

from coder.suggest.background import Graph
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.features import Rows
from coder.suggest.linear import Floats, Ints


@dataclass(frozen=True)
class Block:
    """One kind of feature, of `features.KINDS`: its features in order, how rare each is, and its rows' length."""

    kind: str
    features: tuple[str, ...]
    rarity: Floats
    length: float


@dataclass(frozen=True)
class Near:
    """Texts whose feature rows (texts x features) near texts take codes from, `shares` each (texts x codes)."""

    rows: Rows
    shares: Floats
    weight: float


@dataclass(frozen=True)
class Fitted:
    """A fitted suggester without what it learnt from: no coded text is in it, but words of coded texts are.

    `weights` are (features x labels), `intercepts` one a label; labels are the codes, then the themes where those say
    anything that the codes do not. Features are those of the blocks, one after the other. `themes` numbers each code's
    theme from 0, `prior` is added to each code's score, and scores times `sharpness` are as sure as they are right,
    where they are `known` to be.
    """

    language: str
    codes: tuple[int, ...]
    themes: Ints
    blocks: tuple[Block, ...]
    weights: Floats
    intercepts: Floats
    theme_weight: float
    prior: Floats
    sharpness: float
    known: bool
    near: Near | None = None

    @property
    def themed(self) -> bool:
        """Whether themes have labels of their own."""
        return len(self.intercepts) > len(self.codes)


def fitted(suggester: CodebookSuggester) -> Fitted:
    """What a suggester scores by now; what it learns later does not reach the copy."""
    blocks = tuple(
        Block(block.kind, tuple(block.names.tolist()), block.rarity.copy(), block.weight)
        for block in suggester.features_.blocks_
    )
    codes, themes = tuple(suggester.codes_), suggester.theme_of_.copy()
    language = suggester.codebook_.language
    if not codes:
        width = sum(len(block.features) for block in blocks)
        nothing = np.zeros(0)
        return Fitted(language, codes, themes, blocks, np.zeros((width, 0)), nothing, 0.0, nothing, 1.0, known=False)
    ranker = suggester.ranker_
    learnt = [ranker.codes_, ranker.themes_] if ranker.themed else [ranker.codes_]
    return Fitted(
        language=language,
        codes=codes,
        themes=themes,
        blocks=blocks,
        weights=np.hstack([one.coef_ for one in learnt]),
        intercepts=np.concatenate([one.intercept_ for one in learnt]),
        theme_weight=ranker.theme_weight if ranker.themed else 0.0,
        prior=ranker.prior_.copy(),
        sharpness=suggester.sharpness_,
        known=suggester.known_,
        near=_near(ranker.graph_, ranker.shares_, ranker.graph_weight) if ranker.graph_ is not None else None,
    )


def _near(graph: Graph, shares: Floats, weight: float) -> Near:
    return Near(graph.rows_.copy(), shares.copy(), weight)
