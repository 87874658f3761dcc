using System.Runtime.CompilerServices;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.Bytecode;
using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>Code with its hash and jump destinations; created once and shared by any number of runs.</summary>
/// <remarks>
/// Jump destinations and groups of instructions are computed when the code first needs them. Thread-safe: concurrent first uses compute the
/// same result.
/// </remarks>
public sealed class ContractCode
{
    /// <summary>Number of zero bytes after the code, which read as STOP, so a PUSH32 at the very end needs no bounds check.</summary>
    internal const int PaddingBytes = 33;

    private const byte JumpDest = 0x5b;
    private const byte Push1 = 0x60;
    private const byte Push32 = 0x7f;

    private readonly byte[] _padded;
    private ulong[]? _jumpDestinations;
    private byte[]? _fused;

    /// <summary>Copies the code.</summary>
    /// <param name="code">The bytes.</param>
    /// <param name="hash">Keccak-256 of the bytes.</param>
    public ContractCode(ReadOnlySpan<byte> code, Hash256 hash)
    {
        Hash = hash;
        Length = code.Length;
        _padded = new byte[code.Length + PaddingBytes];
        code.CopyTo(_padded);
    }

    /// <summary>The empty code.</summary>
    public static ContractCode Empty { get; } = new([], Keccak256.OfNothing);

    /// <summary>Keccak-256 of the code; zero for initcode, whose hash is never read.</summary>
    public Hash256 Hash { get; }

    /// <summary>Length in bytes.</summary>
    public int Length { get; }

    /// <summary>The code without padding.</summary>
    public ReadOnlySpan<byte> Bytes => _padded.AsSpan(0, Length);

    /// <summary>The same as memory.</summary>
    public ReadOnlyMemory<byte> Memory => _padded.AsMemory(0, Length);

    /// <summary>The code with padding.</summary>
    internal byte[] Padded => _padded;

    /// <summary>The padded code with groups of instructions (<see cref="FusedCode"/>), for repeated execution.</summary>
    internal byte[] Fused => _fused ??= CodeFuser.Fuse(_padded, Length, JumpDestinations);

    private ulong[] JumpDestinations => _jumpDestinations ??= FindJumpDestinations();

    /// <summary>Copies and hashes the code.</summary>
    public static ContractCode Of(ReadOnlySpan<byte> code) => code.IsEmpty ? Empty : new ContractCode(code, Keccak256.Hash(code));

    /// <summary>Gets the delegate when the code is a delegation designator (EIP-7702).</summary>
    public bool TryGetDelegate(out Address target)
    {
        if (Length != Delegation.Bytes || !Bytes.StartsWith(Delegation.Prefix))
        {
            target = default;
            return false;
        }

        target = new Address(Bytes[Delegation.Prefix.Length..]);
        return true;
    }

    /// <summary>True when <paramref name="target"/> is the position of a JUMPDEST that is not PUSH data.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsJumpDestination(in UInt256 target)
    {
        var destinations = JumpDestinations;
        ulong position = target.LowUInt64;
        ulong group = position >> 6;

        // Bits beyond the code are not set, so the length of the array is the only bound.
        return target.FitsUInt64 && group < (ulong)destinations.Length && ((destinations[group] >> (int)(position & 63)) & 1) != 0;
    }

    private ulong[] FindJumpDestinations()
    {
        var destinations = new ulong[(Length >> 6) + 1];
        for (int i = 0; i < Length; i++)
        {
            byte instruction = _padded[i];
            if (instruction == JumpDest)
            {
                destinations[i >> 6] |= 1UL << (i & 63);
            }
            else if (instruction is >= Push1 and <= Push32)
            {
                i += instruction - Push1 + 1;
            }
        }

        return destinations;
    }
}
