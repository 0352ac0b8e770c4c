"""Which names each question checks; `qNN.check(**answers)` checks them.

Importing this imports no TensorFlow: the command lists the questions at once.
"""

# What has to pass for a question to be passed.
ASKED = {
    1: ("build_cnn",),
    2: ("build_lstm", "build_bilstm"),
    3: ("build_multi_input",),
    4: ("run_training_loop",),
    5: ("build_autoencoder",),
    6: ("schedule", "WarmupDecay", "make_plateau_callback"),
    7: ("make_pairs", "build_siamese", "contrastive_loss"),
    8: ("train_members", "average_predict", "vote_predict", "build_ensemble"),
    9: ("scaled_dot_product_attention", "AttentionPooling"),
    10: ("build_generator", "build_discriminator", "GAN"),
}
# What is checked beside it: the bug hunts, the second rounds, and a part that not every
# answer needs.
_EXTRA = {
    1: ("prepare", "conv2d"),
    2: ("encode_sentences", "lstm_step"),
    3: ("build_two_halves", "build_tolerant"),
    4: ("fit_with_early_stopping", "accumulated_step"),
    5: ("find_anomalies", "kl_divergence", "Sampling"),
    6: ("build_optimizer", "WarmupStableDecay"),
    7: ("EuclideanDistance", "one_shot_accuracy", "info_nce"),
    8: ("ensemble_report", "expected_calibration_error"),
    9: ("causal_multi_head", "cached_attention"),
    10: ("gradient_penalty", "frechet_distance"),
}
NAMES = {number: ASKED[number] + _EXTRA[number] for number in ASKED}


def why() -> None:
    """Print the traceback of the error that the last failed check met."""
    from interview.checks import claims

    claims.why()
