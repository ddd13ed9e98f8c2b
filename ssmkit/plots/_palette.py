"""The colours of every picture, drawn by matplotlib or by the widgets.

Those of Okabe and Ito (2008), told apart with every common colour vision; vermillion is kept for
the truth.
"""

INK, SOFT, LINE, PAPER = "#22262b", "#5c646d", "#aab1b9", "#ffffff"
BLUE, TRUTH, DIVERGENT = "#0072b2", "#d55e00", "#000000"
IMPLIED = "#009e73"
TINTS = ("#d6e7f3", "#a4cbe4", "#63a5cf", "#1f7fba")
CHAINS = ("#0072b2", "#56b4e9", "#009e73", "#cc79a7", "#e69f00", "#8c6d31", "#7f7f7f", "#f0e442")
