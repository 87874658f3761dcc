using System.Runtime.CompilerServices;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>Code with its hash and jump destinations; created once and shared by any number of runs.</summary>
/// <remarks>Jump destinations are computed on the first jump. Thread-safe: concurrent first jumps compute the same result.</remarks>
public sealed class ContractCode
{
    /// <summary>Number of zero bytes after the code, which read as STOP, so a PUSH32 at the very end needs no bounds check.</summary>
    internal const int PaddingBytes = 33;

    private const byte JumpDest = 0x5b;
    private const byte Push1 = 0x60;
    private const byte Push32 = 0x7f;

    private readonly byte[] _padded;
    private ulong[]? _jumpDestinations;

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

    /// <summary>The code with padding.</summary>
    internal byte[] Padded => _padded;

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

    /// <summary>Sets <paramref name="pc"/> to <paramref name="target"/>; false when the target is not a valid jump destination.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryJump(in UInt256 target, ref int pc)
    {
        if (!target.FitsUInt64 || target.LowUInt64 >= (ulong)(uint)Length || !IsJumpDestination((uint)target.LowUInt64))
        {
            return false;
        }

        pc = (int)target.LowUInt64;
        return true;
    }

    /// <summary>True when <paramref name="position"/> holds a JUMPDEST that is not PUSH data.</summary>
    private bool IsJumpDestination(uint position)
    {
        var destinations = _jumpDestinations ??= FindJumpDestinations();
        return position < (uint)Length && ((destinations[position >> 6] >> (int)(position & 63)) & 1) != 0;
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
