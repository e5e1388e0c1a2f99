"""Ten ways to cross the boundary, each as somebody would write it, to be put beside the whole declared stack."""
