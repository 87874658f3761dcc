using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Derivations;

/// <summary>A rule set that turns facts into derived events: a fact and the folded state in, derived events out.</summary>
/// <remarks>
/// Must be a function of the facts so far: no clock, randomness or hash order. It may keep state of its own; then that
/// state is in its digest and in its part of the checkpoint. The lifecycle runs first, so the view already shows the
/// state after the fact. Events of all derivations of one fact are numbered through in the order of the derivations.
/// </remarks>
public interface IDerivation
{
    /// <summary>Name and version of the rules, such as "lifecycle/2". A checkpoint of other rules is not used.</summary>
    string RuleVersion { get; }

    /// <summary>Digest of its own state; <see cref="StateDigest.Empty"/> when it has none.</summary>
    StateDigest Digest();

    /// <summary>Takes in a fact and says what follows from it.</summary>
    /// <exception cref="Primitives.Encoding.EventDecodeException">The fact's payload is malformed; the state is as before.</exception>
    void Derive(in Fact fact, IMempoolView pool, DerivedEvents derived);

    /// <summary>Writes its state in one canonical encoding.</summary>
    void Save(EntryWriter writer);

    /// <summary>Takes over the state that <see cref="Save"/> wrote.</summary>
    /// <exception cref="CheckpointException">The bytes are not that.</exception>
    void Restore(ref EntryReader reader);

    /// <summary>Checks every relation it must keep. Costs a walk over its whole state: for tests and after a restore.</summary>
    /// <exception cref="InvariantBrokenException">A relation does not hold.</exception>
    void AssertInvariants();
}
