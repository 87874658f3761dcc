using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Markets;

/// <summary>A market that an event or a transaction named. Its reserves are entries of their own.</summary>
internal sealed class MarketEntry(Address contract, LendingForm form, Address oracle) : StateEntry, IKeyed<Address>
{
    public const byte EntryTag = 0x51;

    private readonly ReserveEntry?[] _reserves = new ReserveEntry?[AaveReading.MaxReserves];

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public Address Key { get; } = contract;

    public LendingForm Form { get; } = form;

    public Address Oracle { get; } = oracle;

    /// <summary>True while its state is known.</summary>
    public bool IsHeld { get; set; }

    /// <summary>The block at which it was read.</summary>
    public BlockNumber ReadAt { get; set; }

    /// <summary>True if the values were proven.</summary>
    public bool IsProven { get; set; }

    /// <summary>The revision of its code.</summary>
    public int Revision { get; set; }

    /// <summary>Its state if it is one of Compound V3; null while that is not known.</summary>
    public CompoundState? Compound { get; set; }

    /// <summary>What strategies see of a market of Compound V3; null after a change. Not encoded: it follows from the rest.</summary>
    public CompoundMarket? CompoundView { get; set; }

    /// <summary>What strategies see; null after a change. Not encoded: it follows from the rest.</summary>
    public LendingMarket? View { get; set; }

    /// <summary>Its reserves by their places, without those behind the last one. Not encoded: each reserve names its market.</summary>
    public IReadOnlyList<ReserveEntry?> Reserves => new ArraySegment<ReserveEntry?>(_reserves, 0, Places);

    /// <summary>Number of places up to the last reserve.</summary>
    public int Places { get; private set; }

    /// <summary>The contracts of the reserves by their places.</summary>
    public IReadOnlyList<ReserveTokens> Tokens => Compound?.Tokens ?? [.. Reserves.Select(static reserve => reserve?.Tokens ?? default)];

    /// <summary>The feeds whose answers are prices of it; one may be there several times.</summary>
    public IEnumerable<Address> Feeds =>
        (Compound is { } compound ? compound.Prices.Select(static price => price.Feed) : Reserves.Select(static reserve => reserve?.Feed ?? default)).Where(static feed => !feed.IsZero);

    /// <summary>Puts a reserve at its place, or takes it away.</summary>
    public void Set(int place, ReserveEntry? reserve)
    {
        _reserves[place] = reserve;
        Places = Array.FindLastIndex(_reserves, static known => known is not null) + 1;
    }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key);
        writer.Write((byte)Form);
        writer.Write(Oracle);
        writer.Write(IsHeld);
        writer.Write(ReadAt.Value);
        writer.Write(IsProven);
        writer.WriteCount(Revision);
        writer.Write(Compound is not null);
        Compound?.Encode(writer);
    }

    public static MarketEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var entry = new MarketEntry(reader.ReadAddress(), reader.ReadEnum(LendingForm.CompoundV3), reader.ReadAddress())
        {
            IsHeld = reader.ReadBoolean(),
            ReadAt = new BlockNumber(reader.ReadUInt64()),
            IsProven = reader.ReadBoolean(),
            Revision = reader.ReadInt32(),
        };
        entry.Compound = reader.ReadBoolean() ? CompoundState.Decode(ref reader) : null;
        return entry;
    }
}
