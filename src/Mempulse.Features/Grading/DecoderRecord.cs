using System.Numerics;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Grading;

/// <summary>How often a function's decode agreed with the logs.</summary>
internal sealed class DecoderRecord(DecoderKey key, string layout, string signature) : StateEntry, IKeyed<DecoderKey>
{
    public const byte EntryTag = 0x35;

    private const uint WindowMask = (1u << DecoderStanding.Window) - 1;

    private readonly ulong[] _counts = new ulong[(int)GradeVerdict.Disagrees + 1];
    private uint _recentlyWrong; // the newest in the lowest bit

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public DecoderKey Key { get; } = key;

    /// <summary>Trades whose exact amounts the logs contradict.</summary>
    public ulong CertainlyWrong { get; private set; }

    /// <summary>The contract's recent calls disagree too often.</summary>
    public bool IsDrifting => Graded >= DecoderStanding.Window && BitOperations.PopCount(_recentlyWrong) * 100 > DecoderStanding.Window * (100 - DecoderStanding.LeastPercent);

    private ulong Graded => _counts.Aggregate(0UL, static (sum, count) => sum + count);

    public void Count(in TradeGrade grade)
    {
        _counts[(int)grade.Verdict]++;
        CertainlyWrong += grade.IsCertain ? 1UL : 0;
        _recentlyWrong = ((_recentlyWrong << 1) | (grade.Verdict == GradeVerdict.Disagrees ? 1u : 0)) & WindowMask;
    }

    public DecoderStanding ToStanding() => new()
    {
        Contract = Key.Contract,
        Layout = layout,
        Signature = signature,
        Agreed = _counts[(int)GradeVerdict.Agrees],
        FeeOnTransfer = _counts[(int)GradeVerdict.FeeOnTransfer],
        Partial = _counts[(int)GradeVerdict.Partial],
        Disagreed = _counts[(int)GradeVerdict.Disagrees],
        CertainlyWrong = CertainlyWrong,
        RecentlyWrong = BitOperations.PopCount(_recentlyWrong),
        IsDrifting = IsDrifting,
    };

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key.Contract);
        writer.Write(Key.Function);
        writer.Write(layout);
        writer.Write(signature);
        foreach (ulong count in _counts)
        {
            writer.Write(count);
        }

        writer.Write(CertainlyWrong);
        writer.Write(_recentlyWrong);
    }

    public static DecoderRecord Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var key = new DecoderKey(reader.ReadAddress(), reader.ReadHash());
        var entry = new DecoderRecord(key, reader.ReadString(), reader.ReadString());
        for (int i = 0; i < entry._counts.Length; i++)
        {
            entry._counts[i] = reader.ReadUInt64();
        }

        entry.CertainlyWrong = reader.ReadUInt64();
        entry._recentlyWrong = reader.ReadUInt32();
        return entry._recentlyWrong <= WindowMask ? entry : throw reader.Malformed($"{entry._recentlyWrong:x} has more than {DecoderStanding.Window} calls");
    }
}
