using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Derivations;

namespace Mempulse.Folding;

/// <summary>Which derivations fold a chain's log. Every engine outside <c>Mempulse.Replay</c> and its tests is made here.</summary>
/// <remarks>
/// <para>Immutable and thread-safe. Derivations hold state, so each engine gets instances of its own.</para>
/// <para>The order is fixed: the lifecycle, the bases of simulations and the observations, which the engine itself holds,
/// then those listed here. Names and versions of all of them are the engine's <see cref="ReplayEngine.RuleVersion"/>.</para>
/// </remarks>
public sealed class FoldComposition
{
    private readonly IReadOnlyList<Func<IDerivation>> _further;

    private FoldComposition(EventCatalog events, IReadOnlyList<Func<IDerivation>> further) => (Events, _further) = (events, further);

    /// <summary>What the node and the command line fold with. A new derivation is added in this line.</summary>
    public static FoldComposition Default { get; } = new(EventCatalog.Core, []);

    /// <summary>The kinds of events that this composition reads and derives; for everything that shows them too.</summary>
    public EventCatalog Events { get; }

    /// <summary>This composition with one more derivation after the others.</summary>
    /// <param name="create">Makes the derivation; called once for each engine.</param>
    /// <param name="kinds">The kinds of events it reads or derives that no other knows.</param>
    public FoldComposition With(Func<IDerivation> create, params IReadOnlyList<EventType> kinds)
    {
        ArgumentNullException.ThrowIfNull(create);
        return new FoldComposition(Events.With(kinds), [.. _further, create]);
    }

    /// <summary>An engine before the first record.</summary>
    public ReplayEngine Create(ChainId chain) => ReplayEngine.Create(chain, Events, Derivations());

    /// <summary>An engine that continues where a checkpoint was saved.</summary>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or of another format, chain or composition.</exception>
    public ReplayEngine Restore(ChainId chain, ReadOnlySpan<byte> checkpoint) => ReplayEngine.Restore(chain, Events, checkpoint, Derivations());

    private IDerivation[] Derivations() => [.. _further.Select(static create => create())];
}
