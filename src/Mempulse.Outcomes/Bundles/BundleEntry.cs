using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Outcomes.Bundles;

/// <summary>A bundle, from its assembly until its target has been final for a while.</summary>
internal sealed class BundleEntry(LogEvent.BundleBuilt built, GlobalSeq builtIn) : StateEntry, IKeyed<Hash256>, IListed
{
    public const byte EntryTag = 0x54;

    private readonly List<BundleRequest> _requests = [];

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public Hash256 Key => Built.Bundle;

    /// <summary>The event that made it.</summary>
    public LogEvent.BundleBuilt Built { get; } = built;

    /// <summary>The record of that event.</summary>
    public GlobalSeq BuiltIn { get; } = builtIn;

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

    /// <summary>Where the canonical chain used the nonce of each of its transactions; null where it did not.</summary>
    public TxPlace?[] Places { get; } = new TxPlace?[built.Transactions.Count];

    /// <summary>What was asked of relays, by relay and command.</summary>
    public IReadOnlyList<BundleRequest> Requests => _requests;

    /// <summary>True if requests were not kept because a bound was reached: what relays did is not known completely.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>Why it is not sent any more.</summary>
    public BundleEnd End { get; set; }

    /// <summary>The record that says so.</summary>
    public GlobalSeq EndedIn { get; set; }

    /// <summary>The record by which relays were asked to forget it; none if they were not.</summary>
    public GlobalSeq CancelledIn { get; set; }

    /// <summary>Its last examination; null before the first.</summary>
    public Examination? Examination { get; set; }

    /// <summary>The block that had it and left the chain; null for none.</summary>
    public LeftBlock? Left { get; set; }

    /// <summary>Its last verdict; null before the first.</summary>
    public LogEvent.BundleOutcome? Verdict { get; set; }

    /// <summary>The fact at which it was judged last, so that one fact judges it once. Neither digested nor saved.</summary>
    public GlobalSeq DecidedIn { get; set; }

    /// <summary>True if the verdict no longer holds: the block that decided it left the chain.</summary>
    public bool IsReopened { get; set; }

    /// <summary>True while it has no verdict that holds.</summary>
    public bool IsOpen => Verdict is null || IsReopened;

    /// <summary>The request of a relay and command; null if the relay was not asked for it.</summary>
    public BundleRequest? Find(string relay, RelayCommandKind command)
    {
        int index = IndexOf(relay, command);
        return index >= 0 ? _requests[index] : null;
    }

    /// <summary>Adds the request of a relay and command, which there must not be yet.</summary>
    public BundleRequest Add(string relay, RelayCommandKind command)
    {
        var request = new BundleRequest(relay, command);
        _requests.Insert(~IndexOf(relay, command), request);
        return request;
    }

    public BundleStanding ToStanding(Hash256? targetBlock) => new()
    {
        Built = Built,
        BuiltAt = BuiltIn,
        Requests = _requests.ConvertAll(static request => request.ToStanding()),
        End = End,
        IsCancelled = CancelledIn != GlobalSeq.None,
        Outcome = IsReopened ? null : Verdict,
        TargetBlock = targetBlock,
        IsExamined = Examination is { } examination && examination.Block == targetBlock,
    };

    public override void Encode(EntryWriter writer)
    {
        BuiltCodec.Write(writer, Built);
        writer.Write(BuiltIn.Value);
        writer.Write(ListOrdinal);
        foreach (var place in Places)
        {
            writer.Write(place is not null);
            place?.Write(writer);
        }

        writer.WriteCount(_requests.Count);
        foreach (var request in _requests)
        {
            request.Write(writer);
        }

        writer.Write(IsIncomplete);
        writer.Write((byte)End);
        writer.Write(EndedIn.Value);
        writer.Write(CancelledIn.Value);
        writer.Write(Examination is not null);
        Examination?.Write(writer);
        WriteLeft(writer);
        writer.Write(Verdict is not null);
        if (Verdict is { } verdict)
        {
            VerdictCodec.Write(writer, verdict);
        }

        writer.Write(IsReopened);
    }

    public static BundleEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var entry = new BundleEntry(BuiltCodec.Read(ref reader), new GlobalSeq(reader.ReadUInt64())) { ListOrdinal = reader.ReadUInt64() };
        for (int i = 0; i < entry.Places.Length; i++)
        {
            entry.Places[i] = reader.ReadBoolean() ? TxPlace.Read(ref reader) : null;
        }

        for (int left = reader.ReadCount(); left > 0; left--)
        {
            var request = BundleRequest.Read(ref reader);
            if (entry._requests.Count > 0 && entry._requests[^1].CompareTo(request.Relay, request.Command) >= 0)
            {
                throw reader.Malformed($"the request of '{request.Relay}' is not after the one before it");
            }

            entry._requests.Add(request);
        }

        entry.IsIncomplete = reader.ReadBoolean();
        entry.End = (BundleEnd)reader.ReadByte();
        entry.EndedIn = new GlobalSeq(reader.ReadUInt64());
        entry.CancelledIn = new GlobalSeq(reader.ReadUInt64());
        entry.Examination = reader.ReadBoolean() ? Examination.Read(ref reader) : null;
        entry.Left = ReadLeft(ref reader);
        entry.Verdict = reader.ReadBoolean() ? VerdictCodec.Read(ref reader, entry.Built) : null;
        entry.IsReopened = reader.ReadBoolean();
        return entry;
    }

    private void WriteLeft(EntryWriter writer)
    {
        writer.Write(Left is not null);
        if (Left is { } left)
        {
            writer.Write(left.Block);
            writer.WriteCount(left.Index);
            writer.Write(left.SeenIn.Value);
            writer.Write(left.LeftIn.Value);
        }
    }

    private static LeftBlock? ReadLeft(ref EntryReader reader) => reader.ReadBoolean()
        ? new LeftBlock(reader.ReadHash(), reader.ReadInt32(), new GlobalSeq(reader.ReadUInt64()), new GlobalSeq(reader.ReadUInt64()))
        : null;

    private int IndexOf(string relay, RelayCommandKind command)
    {
        int low = 0;
        int high = _requests.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = _requests[middle].CompareTo(relay, command);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
