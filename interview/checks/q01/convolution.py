"""`conv2d`, the second round, compared with `keras.ops.conv`; loops are accepted."""

from collections.abc import Callable, Iterable

import helpers.quiet  # isort: skip
import keras
import numpy as np

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import agree, as_numbers, close, judge_places, shaped

part = AnswerClaims("conv2d")
Convolve = Callable[..., np.ndarray]


def _given(
    image: tuple[int, int] = (9, 8), kernel: tuple[int, int] = (3, 2)
) -> tuple[np.ndarray, np.ndarray]:
    """Two pictures of three channels, four kernels; nothing is symmetric."""
    random = np.random.default_rng(0)
    # The pixels are far from 0, so that padding with zeros differs from other padding.
    images = 1 + random.random((2, *image, 3))
    kernels = random.standard_normal((*kernel, 3, 4))
    return images.astype("float32"), kernels.astype("float32")


def _right(images, kernels, strides=1, padding="valid") -> np.ndarray:
    return as_numbers(keras.ops.conv(images, kernels, strides, padding))


def _same(images, kernels, front: Callable[[int], int], **options) -> np.ndarray:
    """`same` at stride 1 with another number of zeros in front, or other padding."""
    zeros = [width - 1 for width in kernels.shape[:2]]
    pads = [(0, 0), *((front(n), n - front(n)) for n in zeros), (0, 0)]
    return _right(np.pad(images, pads, **options), kernels)


def _judge(
    conv2d: Convolve,
    images: np.ndarray,
    kernels: np.ndarray,
    *,
    hint: str,
    faults: Iterable[Fault] = (),
    shapes: Iterable[Fault] = (),
    **options,
) -> None:
    """End the proof unless the shape and the numbers equal Keras's."""
    given = images.copy(), kernels.copy()
    got = conv2d(*given, **options)
    right = _right(images, kernels, **options)
    asked = "".join(f", {name}={value!r}" for name, value in options.items())
    case = f"images {images.shape}, kernels {kernels.shape}{asked}"
    values = shaped(
        got, right.shape, what=f"{case}: a result", faults=shapes, hint=hint
    )
    agree(
        values,
        right,
        expected=f"for {case} the numbers of `keras.ops.conv`",
        faults=faults,
        hint=hint,
        same=lambda a, b: close(a, b, atol=1e-3),
    )


@part.claim("returns a NumPy array: a map for each image and each kernel")
def returns_maps(conv2d: Convolve) -> None:
    images, kernels = _given()
    got = conv2d(images.copy(), kernels.copy())
    need(
        isinstance(got, np.ndarray),
        expected="a NumPy array, computed with NumPy",
        got="nothing" if got is None else type(got).__name__,
        hint="Keras has the function already; the interviewer wants to see what it "
        "does. Slices, products and sums are enough.",
    )
    shaped(
        got,
        (2, 7, 7, 4),
        what="for two images of 9 by 8 and four kernels of 3 by 2: a result",
        faults=(
            Fault(
                (2, 9, 8, 4),
                "the size of the images, as with `same`",
                "unless it is told otherwise nothing is padded: at how many places "
                "does a kernel of 3 fit into 9 rows?",
            ),
            Fault(
                (2, 4, 7, 7),
                "channels before height and width",
                "Keras has the channels last.",
            ),
            Fault(
                (2, 7, 7, 3, 4),
                "the channels of the images haven't been summed over",
                "a kernel has a weight for each channel of the image, and makes one "
                "number of all of them.",
            ),
        ),
        hint="h - kh + 1 rows, w - kw + 1 columns, and a channel for each kernel.",
    )


@part.claim("computes what Keras computes where nothing is padded")
def equals_keras(conv2d: Convolve) -> None:
    images, kernels = _given()
    right = _right(images, kernels)
    _judge(
        conv2d,
        images,
        kernels,
        strides=1,
        padding="valid",
        hint="each number is the sum of the products of a window and a kernel.",
        faults=(
            Fault(
                _right(images, kernels[::-1, ::-1]),
                "the kernel turned by half a turn, as mathematics defines convolution",
                "a convolution layer doesn't turn its kernel: strictly speaking it is "
                "a cross-correlation.",
            ),
            Fault(
                right / images.shape[-1],
                "a mean over the channels",
                "over the channels it is a sum, as over height and width.",
            ),
            Fault(
                _right(images[..., :1], kernels[:, :, :1]),
                "the first channel alone",
                "colour pictures have three channels, later layers have many: each "
                "has weights of its own.",
            ),
        ),
    )


@part.claim("steps by `strides`, in both directions")
def steps_by_strides(conv2d: Convolve) -> None:
    for strides in (2, 3):
        for images, kernels in (_given(), _given((10, 11), (2, 5))):
            height, width = _right(images, kernels).shape[1:3]
            _judge(
                conv2d,
                images,
                kernels,
                strides=strides,
                hint="the first window stands in the upper left corner, the next one "
                "`strides` further; what doesn't fit any more is left out.",
                shapes=(
                    Fault(
                        (2, height, width, 4),
                        "`strides` isn't used",
                        "how far does the window move from one number to the next?",
                    ),
                    Fault(
                        (2, -(-height // strides), width, 4),
                        "`strides` along the height alone",
                        "the window steps in both directions.",
                    ),
                ),
            )


@part.claim("pads with zeros where `same` is asked for: odd kernels, stride 1")
def pads_odd_kernels(conv2d: Convolve) -> None:
    images, kernels = _given((7, 6), (3, 5))
    _judge(
        conv2d,
        images,
        kernels,
        padding="same",
        hint="what does a kernel see that reaches over the border?",
        faults=(
            Fault(
                _same(images, kernels, lambda zeros: zeros // 2, mode="edge"),
                "the border repeated outwards in place of zeros",
                "`same` keeps the size, and fills up with zeros.",
            ),
            Fault(
                _same(images, kernels, lambda zeros: 0),
                "all of the padding behind the image",
                "the kernel's middle stands on the pixel that it is computed for.",
            ),
        ),
        shapes=(
            Fault(
                (2, 5, 2, 4),
                "the padding is missing",
                "with `same` and a stride of 1 the result is as large as the image.",
            ),
        ),
    )


@part.claim("pads even kernels as Keras does")
def pads_even_kernels(conv2d: Convolve) -> None:
    images, kernels = _given((7, 6), (2, 4))
    _judge(
        conv2d,
        images,
        kernels,
        padding="same",
        hint="a kernel of 4 lacks three zeros in all. Where does the odd one go?",
        faults=(
            Fault(
                _same(images, kernels, lambda zeros: zeros - zeros // 2),
                "of an odd number of zeros the one more stands in front",
                "Keras on TensorFlow puts the one more behind.",
            ),
        ),
    )


@part.claim("pads as Keras does for strides of 2 and 3")
def pads_with_strides(conv2d: Convolve) -> None:
    for image, kernel, strides in (
        ((8, 8), (3, 3), 2),
        ((9, 8), (4, 3), 2),
        ((8, 10), (5, 2), 3),
        # The last window ends before the image does, so the padding is 0 and not -1.
        ((9, 8), (1, 2), 3),
    ):
        images, kernels = _given(image, kernel)
        _judge(
            conv2d,
            images,
            kernels,
            strides=strides,
            padding="same",
            hint="how many pixels does the last window lack? That many zeros are "
            "needed in all, half of them in front, rounded down.",
            faults=(
                Fault(
                    _right(images, kernels, 1, "same")[:, ::strides, ::strides],
                    "as many zeros as a stride of 1 needs, so that the windows stand "
                    "elsewhere",
                    "with a stride the last window may reach less far over the "
                    "border, or not at all: fewer zeros, and fewer of them in front. "
                    "(In PyTorch, where padding is a number, one pads as you do.)",
                ),
            ),
            shapes=(
                Fault(
                    (2, image[0] // strides, image[1] // strides, 4),
                    "the size divided by the stride and rounded down",
                    "`same` rounds up: the last window may reach over the border.",
                ),
            ),
        )
    judge_places(
        lambda: conv2d(images.copy(), kernels.copy(), strides, "same"),
        conv2d(images.copy(), kernels.copy(), strides=strides, padding="same"),
        *("images", "kernels", "strides", "padding"),
    )
