using Mempulse.Primitives;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Book;

/// <summary>The block after the head, while its receipts come in parts: they are kept until the last one, so that pools are at one block or at the next, never between. A part of <see cref="BookChain"/>.</summary>
internal sealed class NextBlock
{
    private readonly List<byte[]> _parts = [];

    /// <summary>The block; the zero hash before its first part.</summary>
    public Hash256 Hash { get; private set; }

    /// <summary>Index of the receipt with which the next part has to begin.</summary>
    public int Receipt { get; private set; }

    /// <summary>Index of the log with which it has to begin: a receipt may be continued from part to part.</summary>
    public int Log { get; private set; }

    /// <summary>False if some of its events are not known.</summary>
    public bool IsFollowed { get; private set; } = true;

    /// <summary>Contracts that emitted an event of a pool.</summary>
    public SortedSet<Address> Touched { get; } = [];

    /// <summary>The payloads of the parts before the last, in order.</summary>
    public IReadOnlyList<byte[]> Parts => _parts;

    /// <summary>Begins a block.</summary>
    public void Begin(Hash256 block)
    {
        Drop();
        Hash = block;
    }

    /// <summary>A part was read: the next one begins here.</summary>
    public void GoOn(int receipt, int log) => (Receipt, Log) = (receipt, log);

    /// <summary>Keeps a part until the last one comes.</summary>
    public void Keep(ReadOnlySpan<byte> payload, int mostBytes)
    {
        if (_parts.Sum(static part => (long)part.Length) + payload.Length > mostBytes)
        {
            Miss();
        }

        if (IsFollowed)
        {
            _parts.Add(payload.ToArray());
        }
    }

    /// <summary>Some of its events are not known, so the others do not matter.</summary>
    public void Miss()
    {
        IsFollowed = false;
        _parts.Clear();
    }

    /// <summary>Drops what is known of it.</summary>
    public void Drop()
    {
        (Hash, Receipt, Log, IsFollowed) = (default, 0, 0, true);
        Touched.Clear();
        _parts.Clear();
    }

    public void Encode(EntryWriter writer)
    {
        writer.Write(Hash);
        writer.WriteCount(Receipt);
        writer.WriteCount(Log);
        writer.Write(IsFollowed);
        writer.WriteCount(Touched.Count);
        foreach (var contract in Touched)
        {
            writer.Write(contract);
        }

        writer.WriteCount(_parts.Count);
        foreach (byte[] part in _parts)
        {
            writer.Write((ReadOnlySpan<byte>)part);
        }
    }

    public void Decode(ref EntryReader reader)
    {
        (Hash, Receipt, Log, IsFollowed) = (reader.ReadHash(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean());
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            Touched.Add(reader.ReadAddress());
        }

        for (int left = reader.ReadCount(); left > 0; left--)
        {
            _parts.Add(reader.ReadBytes().ToArray());
        }
    }
}
