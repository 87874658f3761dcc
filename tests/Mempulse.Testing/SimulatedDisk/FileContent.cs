namespace Mempulse.Testing.SimulatedDisk;

/// <summary>The bytes of one file, both as processes see them and as they are on the device.</summary>
internal sealed class FileContent
{
    private const int SectorBytes = 512;

    private readonly List<Change> _unsynced = [];
    private readonly List<Change> _forgotten = [];
    private byte[] _seen = [];
    private byte[] _durable = [];
    private int _seenLength;
    private int _durableLength;

    /// <summary>Length as processes see it.</summary>
    public int Length => _seenLength;

    public int Read(Span<byte> destination, long offset)
    {
        int count = (int)Math.Clamp(_seenLength - offset, 0, destination.Length);
        _seen.AsSpan((int)Math.Min(offset, _seenLength), count).CopyTo(destination);
        return count;
    }

    public void Write(ReadOnlySpan<byte> source, long offset) => Do(new Change((int)offset, source.ToArray(), IsLength: false));

    public void SetLength(long length) => Do(new Change((int)length, [], IsLength: true));

    /// <summary>Makes everything written durable.</summary>
    public void Sync()
    {
        foreach (var change in _unsynced)
        {
            change.ApplyTo(ref _durable, ref _durableLength);
        }

        _unsynced.Clear();
    }

    /// <summary>A sync failed: the written bytes look clean from now on, and no later sync makes them durable.</summary>
    public void ForgetUnsynced()
    {
        _forgotten.AddRange(_unsynced);
        _unsynced.Clear();
    }

    /// <summary>The power fails: of the unsynced sectors any subset remains, and some of them are garbage.</summary>
    public void LosePower(SeededRandom random)
    {
        bool takesGarbage = random.Below(4) == 0;
        foreach (var change in _forgotten.Concat(_unsynced))
        {
            if (change.IsLength)
            {
                if (random.Below(2) == 0)
                {
                    change.ApplyTo(ref _durable, ref _durableLength);
                }
            }
            else
            {
                ApplySectors(change, random, takesGarbage);
            }
        }

        _forgotten.Clear();
        _unsynced.Clear();
        _seen = _durable.AsSpan(0, _durableLength).ToArray();
        _seenLength = _durableLength;
    }

    /// <summary>Flips a bit, on the device and for every reader.</summary>
    public void FlipBit(long offset, int bit)
    {
        _seen[offset] ^= (byte)(1 << bit);
        if (offset < _durableLength)
        {
            _durable[offset] ^= (byte)(1 << bit);
        }
    }

    private void Do(Change change)
    {
        change.ApplyTo(ref _seen, ref _seenLength);
        _unsynced.Add(change);
    }

    private void ApplySectors(Change change, SeededRandom random, bool takesGarbage)
    {
        int mode = random.Below(4);
        for (int at = change.Offset; at < change.Offset + change.Bytes.Length;)
        {
            int sectorEnd = ((at / SectorBytes) + 1) * SectorBytes;
            int end = Math.Min(sectorEnd, change.Offset + change.Bytes.Length);
            bool isWritten = mode switch { 0 => false, 1 => true, _ => random.Below(2) == 0 };
            if (isWritten)
            {
                byte[] bytes = change.Bytes[(at - change.Offset)..(end - change.Offset)];
                if (takesGarbage && HoldsNothing(sectorEnd - SectorBytes) && random.Below(8) == 0)
                {
                    random.Fill(bytes);
                }

                new Change(at, bytes, IsLength: false).ApplyTo(ref _durable, ref _durableLength);
            }

            at = end;
        }
    }

    /// <summary>A sector is written completely or not at all, so only one that never had durable bytes can turn to garbage.</summary>
    private bool HoldsNothing(int sectorStart)
    {
        int start = Math.Min(sectorStart, _durableLength);
        int end = Math.Min(sectorStart + SectorBytes, _durableLength);
        return !_durable.AsSpan(start, end - start).ContainsAnyExcept((byte)0);
    }

    private sealed record Change(int Offset, byte[] Bytes, bool IsLength)
    {
        public void ApplyTo(ref byte[] content, ref int length)
        {
            int end = Offset + Bytes.Length;
            if (end > content.Length)
            {
                Array.Resize(ref content, Math.Max(end, content.Length * 2));
            }

            if (IsLength && Offset < length)
            {
                content.AsSpan(Offset, length - Offset).Clear();
            }

            Bytes.CopyTo(content, Offset);
            length = IsLength ? Offset : Math.Max(length, end);
        }
    }
}
