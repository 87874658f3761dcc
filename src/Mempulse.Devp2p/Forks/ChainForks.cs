using System.Buffers.Binary;
using System.IO.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Forks;

/// <summary>A chain's genesis and forks; computes and validates fork ids. EIP-2124, EIP-6122.</summary>
/// <remarks>Immutable.</remarks>
public sealed class ChainForks
{
    private readonly ulong[] _forks;
    private readonly int _blockForkCount;
    private readonly uint[] _hashes;
    private readonly ulong _genesisTime;

    /// <summary>Creates a chain and precomputes its fork hashes.</summary>
    /// <param name="networkId">Network id in the status message.</param>
    /// <param name="genesis">Hash of block 0.</param>
    /// <param name="genesisTime">Time of block 0 in Unix seconds; a timed fork at or before it is part of genesis.</param>
    /// <param name="byBlock">Forks by block number, in any order; zeros and duplicates are ignored.</param>
    /// <param name="byTime">Forks by time in Unix seconds, in any order; duplicates are ignored.</param>
    public ChainForks(ulong networkId, Hash256 genesis, ulong genesisTime, IEnumerable<ulong> byBlock, IEnumerable<ulong> byTime)
    {
        NetworkId = networkId;
        Genesis = genesis;
        _genesisTime = genesisTime;
        ulong[] blocks = [.. byBlock.Where(block => block > 0).Distinct().Order()];
        _blockForkCount = blocks.Length;
        _forks = [.. blocks, .. byTime.Where(time => time > genesisTime).Distinct().Order()];
        _hashes = new uint[_forks.Length + 1];
        var checksum = new Crc32();
        checksum.Append(genesis.ToArray());
        _hashes[0] = checksum.GetCurrentHashAsUInt32();
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        for (int i = 0; i < _forks.Length; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, _forks[i]);
            checksum.Append(bytes);
            _hashes[i + 1] = checksum.GetCurrentHashAsUInt32();
        }
    }

    /// <summary>Network id in the status message.</summary>
    public ulong NetworkId { get; }

    /// <summary>Hash of block 0.</summary>
    public Hash256 Genesis { get; }

    /// <summary>Returns the fork id of a node at <paramref name="head"/>.</summary>
    public ForkId At(ForkPoint head)
    {
        int passed = CountPassed(head);
        return new ForkId(_hashes[passed], passed < _forks.Length ? _forks[passed] : 0);
    }

    /// <summary>Validates a remote fork id against the local <paramref name="head"/>. EIP-2124, validation rules.</summary>
    public ForkCompatibility Check(ForkId remote, ForkPoint head)
    {
        int passed = CountPassed(head);
        if (_hashes[passed] == remote.Hash)
        {
            bool isPast = remote.Next > 0 && (head.Block >= remote.Next || (head.Time > _genesisTime && head.Time >= remote.Next));
            return isPast ? ForkCompatibility.LocalIncompatibleOrStale : ForkCompatibility.Compatible;
        }

        int known = Array.IndexOf(_hashes, remote.Hash);
        if (known < 0)
        {
            return ForkCompatibility.LocalIncompatibleOrStale;
        }

        bool isAhead = known > passed;
        return isAhead || _forks[known] == remote.Next ? ForkCompatibility.Compatible : ForkCompatibility.RemoteStale;
    }

    private int CountPassed(ForkPoint head)
    {
        int passed = 0;
        while (passed < _forks.Length && (passed < _blockForkCount ? head.Block : head.Time) >= _forks[passed])
        {
            passed++;
        }

        return passed;
    }
}
