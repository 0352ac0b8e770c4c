"""A functional model's graph: every call of a layer, its names and its shapes."""

import keras
from keras import layers

from helpers import graphs


def two_photographs() -> keras.Model:
    """A model that calls one encoder twice, with an unnamed merge and an operation."""
    encoder = keras.Sequential(
        [keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.GlobalMaxPooling2D()],
        name="encoder",
    )
    left, right = (keras.Input((8, 8, 3), name=name) for name in ("left", "right"))
    merged = layers.Average()([encoder(left), encoder(right)])
    return keras.Model([left, right], layers.Dense(2, name="class")(1 + merged))


def test_both_calls_of_a_shared_layer_are_there(shown):
    model = two_photographs()
    calls = graphs.calls_of(model)
    shared = {key: call for key, call in calls.items() if key[0] == "encoder"}
    assert {call.sources for call in shared.values()} == {
        (("left", 0),),
        (("right", 0),),
    }
    assert {call.shape for call in shared.values()} == {(4,)}
    assert {call.calls for call in shared.values()} == {2}
    graphs.draw_graph(model, "Who feeds whom?")
    ((figure, alt),) = shown
    boxes = [text.get_text() for text in figure.axes[0].texts if text.get_text()]
    assert "encoder\ncall 1\n4" in boxes
    assert "encoder\ncall 2\n4" in boxes
    assert "left → encoder (call 1)" in alt
    assert "right → encoder (call 2)" in alt


def test_layers_have_their_own_names_or_their_class(shown):
    calls = graphs.calls_of(two_photographs())
    labels = {call.label for call in calls.values()}
    # Keras's own names, such as average_3, say nothing to a reader.
    assert {"left", "right", "encoder", "Average", "class"} <= labels
    outputs = [call for call in calls.values() if call.label == "class"]
    assert [call.shape for call in outputs] == [(2,)]
    # Each call comes after those that feed it.
    order = list(calls)
    for key, call in calls.items():
        assert all(order.index(feed) < order.index(key) for feed in call.sources)


def test_a_model_without_a_graph_is_said_to_have_none(shown, capsys):
    chain = keras.Sequential([keras.Input((3,)), layers.Dense(2)])
    for model in (chain, keras.Model()):
        graphs.draw_graph(model, "Who feeds whom?")
    assert capsys.readouterr().out.count("no graph of calls") == 2
    assert shown == []
