using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Opportunities;

/// <summary>The id of an opportunity: Keccak-256 of what it is, so that a replay gives the same.</summary>
/// <remarks>Keep in sync with docs/formats/events.md.</remarks>
internal static class OppId
{
    public static Hash256 Of(string strategy, int version, in Hash256 trigger, in Hash256 block, IReadOnlyList<OppLeg> legs, IReadOnlyList<Hash256> before)
    {
        var buffer = new ByteBuffer();
        var writer = new EntryWriter(buffer);
        writer.Write(strategy);
        writer.WriteCount(version);
        writer.Write(trigger);
        writer.Write(block);
        Write(writer, legs);
        foreach (var tx in before)
        {
            writer.Write(tx);
        }

        return Keccak256.Hash(buffer.WrittenSpan);
    }

    /// <summary>Names what was found, whatever the base: the same exchanges of the same trigger, behind the same transactions.</summary>
    public static Hash256 OfFind(LogEvent.OppDetected detected) => Of(detected.Strategy, detected.StrategyVersion, detected.Trigger, default, detected.Legs, detected.Before);

    public static void Write(EntryWriter writer, IReadOnlyList<OppLeg> legs)
    {
        writer.WriteCount(legs.Count);
        foreach (var leg in legs)
        {
            writer.Write(leg.Pool);
            writer.Write(leg.PoolId);
            writer.Write(leg.TokenIn);
            writer.Write(leg.TokenOut);
            writer.Write(leg.AmountIn);
            writer.Write(leg.AmountOut);
        }
    }
}
