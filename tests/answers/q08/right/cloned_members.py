"""Built once; each member is a clone, compiled as the one that was built."""

import keras


def train_members(build, x, y, seeds, epochs):
    built, members = build(), []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        member = keras.models.clone_model(built)
        optimizer = type(built.optimizer).from_config(built.optimizer.get_config())
        member.compile(optimizer, built.loss)
        member.fit(x, y, epochs=epochs, verbose=0)
        members.append(member)
    return members
