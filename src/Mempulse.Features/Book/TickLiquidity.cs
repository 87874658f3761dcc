using Mempulse.Replay.Entries;

namespace Mempulse.Features.Book;

/// <summary>An initialized tick.</summary>
/// <param name="Tick">The tick.</param>
/// <param name="Gross">All liquidity that begins or ends there; the tick is initialized as long as this is not zero, whatever the net is.</param>
/// <param name="Net">The liquidity that comes into range when the price rises through it.</param>
internal readonly record struct TickLiquidity(int Tick, UInt128 Gross, Int128 Net)
{
    public static void EncodeAll(EntryWriter writer, ReadOnlySpan<TickLiquidity> ticks)
    {
        writer.WriteCount(ticks.Length);
        foreach (var tick in ticks)
        {
            writer.Write((long)tick.Tick);
            writer.Write(tick.Gross);
            writer.Write(unchecked((UInt128)tick.Net));
        }
    }

    /// <exception cref="CheckpointException">The ticks do not rise.</exception>
    public static TickLiquidity[] DecodeAll(ref EntryReader reader)
    {
        var ticks = new TickLiquidity[reader.ReadCount()];
        for (int i = 0; i < ticks.Length; i++)
        {
            ticks[i] = new TickLiquidity((int)reader.ReadInt64(), reader.ReadUInt128(), unchecked((Int128)reader.ReadUInt128()));
            if (i > 0 && ticks[i].Tick <= ticks[i - 1].Tick)
            {
                throw reader.Malformed($"tick {ticks[i].Tick} follows {ticks[i - 1].Tick}");
            }
        }

        return ticks;
    }
}
