using System.Buffers.Binary;
using System.Text;
using Mempulse.Ethereum.Hashing;

namespace Mempulse.Ethereum.Abi;

/// <summary>A function or error of a contract: its name, its arguments and the selector that calls it. Immutable.</summary>
/// <remarks>Source: <see href="https://docs.soliditylang.org/en/latest/abi-spec.html#function-selector">Solidity ABI, Function Selector</see>.</remarks>
public sealed class AbiFunction
{
    /// <summary>Bytes of a selector.</summary>
    public const int SelectorBytes = 4;

    private AbiFunction(string name, AbiType arguments)
    {
        (Name, Arguments) = (name, arguments);
        Signature = name + arguments;
        Span<byte> hash = stackalloc byte[32];
        Keccak256.Hash(Encoding.ASCII.GetBytes(Signature), hash);
        Selector = BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The arguments, as a tuple.</summary>
    public AbiType Arguments { get; }

    /// <summary>The canonical signature, without names and spaces: <c>transfer(address,uint256)</c>.</summary>
    public string Signature { get; }

    /// <summary>The first four bytes of the hash of <see cref="Signature"/>, as a big-endian number.</summary>
    public uint Selector { get; }

    /// <summary>Parses a signature whose parameters may have names: <c>transfer(address to, uint256 amount)</c>.</summary>
    /// <param name="signature">The text. A tuple is written <c>(address token, uint24 fee) key</c>; <c>uint</c> and <c>int</c> have 256 bits.</param>
    /// <exception cref="FormatException">The text is not a signature, or exceeds a bound of <see cref="AbiBounds"/>.</exception>
    public static AbiFunction Parse(string signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        var (name, arguments) = new AbiSignatureParser(signature).Function();
        return new AbiFunction(name, arguments);
    }

    /// <inheritdoc/>
    public override string ToString() => Signature;
}
