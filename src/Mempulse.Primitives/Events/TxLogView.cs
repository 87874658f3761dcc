using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Events;

/// <summary>A log in the payload of a <see cref="LogEvent.ReceiptsObserved"/>, read in place.</summary>
/// <remarks>Points into the payload and must not outlive it.</remarks>
public readonly ref struct TxLogView
{
    private readonly ReadOnlySpan<byte> _topics;
    private readonly bool _isPlain; // topics at equal distances, without a header before the first

    internal TxLogView(scoped ref PayloadReader fields, int index)
    {
        Index = index;
        Account = fields.Address();
        _topics = fields.CheckedHashes(out int count);
        TopicCount = count;
        Data = fields.Bytes();
        OmittedBytes = fields.Count();
    }

    internal TxLogView(ReadOnlySpan<byte> bytes, scoped in TxLogForm form, int index)
    {
        Index = index;
        Account = new Address(bytes.Slice(TxLogForm.Account, Address.Size));
        _topics = bytes[TxLogForm.Topics..];
        _isPlain = true;
        TopicCount = form.TopicCount;
        Data = bytes[form.Data..form.End];
    }

    /// <summary>Its index in the block, from 0; in its record where the record does not state the index of its first log.</summary>
    public int Index { get; }

    /// <inheritdoc cref="TxLog.Account"/>
    public Address Account { get; }

    /// <summary>Number of its topics.</summary>
    public int TopicCount { get; }

    /// <inheritdoc cref="TxLog.Data"/>
    public ReadOnlySpan<byte> Data { get; }

    /// <inheritdoc cref="TxLog.OmittedBytes"/>
    public int OmittedBytes { get; }

    /// <summary>A topic by its index, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The log has no such topic.</exception>
    public Hash256 Topic(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, TopicCount);
        if (_isPlain)
        {
            return new Hash256(_topics.Slice(((index + 1) * TxLogForm.TopicSize) - Hash256.Size, Hash256.Size));
        }

        var values = new MessagePackReader(_topics);
        values.ReadArrayHeader();
        for (; index > 0; index--)
        {
            values.ReadHash();
        }

        return values.ReadHash();
    }

    internal static int Check(ref PayloadReader fields) => new TxLogView(ref fields, 0).TopicCount;
}
