using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Markets;

/// <summary>What an event says about markets.</summary>
/// <param name="Kind">What.</param>
/// <param name="Contract">The market; for an answer, the feed.</param>
/// <param name="Subject">The account, or the token of the reserve; the zero address for others.</param>
/// <param name="Rates">Rate of suppliers, rate of borrowers, index of suppliers, index of borrowers; for an answer, the answer alone.</param>
internal sealed record MarketMove(MoveKind Kind, Address Contract, Address Subject, UInt256[] Rates)
{
    public void Encode(EntryWriter writer)
    {
        writer.Write((byte)Kind);
        writer.Write(Contract);
        writer.Write(Subject);
        writer.WriteCount(Rates.Length);
        foreach (var rate in Rates)
        {
            writer.Write(rate);
        }
    }

    public static MarketMove Decode(ref EntryReader reader)
    {
        var (kind, contract, subject) = (reader.ReadEnum(MoveKind.SetAside), reader.ReadAddress(), reader.ReadAddress());
        var rates = new UInt256[reader.ReadCount()];
        for (int i = 0; i < rates.Length; i++)
        {
            rates[i] = reader.ReadUInt256();
        }

        return new MarketMove(kind, contract, subject, rates);
    }
}
