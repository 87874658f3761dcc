using Mempulse.Ethereum.Abi;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.Opportunities;

/// <summary>A contract that exists in simulations alone: it makes the calls that its calldata lists, and pays what pools of Uniswap V3 ask for.</summary>
/// <remarks>
/// Its account and the one that calls it are put into the state by overrides. The key of the caller is no secret: it is the hash of a text, and nothing on a
/// chain belongs to it.
/// </remarks>
internal static class SimulatedExecutor
{
    private const int GasLimit = 3_000_000;
    private const ulong MaxFeePerGas = 1_000_000_000_000; // far above any base fee; only the base fee is paid

    private static readonly EcdsaSigner s_caller = new(Keccak256.Hash("mempulse: the caller of simulations"u8).ToArray());

    /// <summary>The account that calls it.</summary>
    public static Address Caller => s_caller.Account;

    /// <summary>Its account.</summary>
    public static Address Account { get; } = new(Keccak256.Hash("mempulse: the executor of simulations"u8).ToArray().AsSpan(Hash256.Size - Address.Size));

    /// <summary>Its code. Each call in the calldata, after four zero bytes, is a target, a value, a length, each in a word, and so many bytes.</summary>
    public static ReadOnlyMemory<byte> Code { get; } = Convert.FromHexString(
        "5f3560e01c63fa461e33146045576004" // uniswapV3SwapCallback?
        + "5b80361115604357" // for each call until the end of the calldata
        + "806040013580826060015f37" // copy its bytes
        + "5f5f825f856020013586355af1603b57" // make it
        + "3d5f5f3e3d5ffd" // or revert as it did
        + "5b016060016010565b00" // the next one
        + "5b63a9059cbb60e01b5f5233600452600435602435815f1215606257905b602452" // the callback: transfer what is positive to the pool,
        + "5f5f60445f5f6084355af16077575f5ffd5b00"); // of the token that its data names

    /// <summary>The signed transaction that makes some calls.</summary>
    public static byte[] Sign(ChainId chain, ReadOnlySpan<byte> calls) => TransactionEncoder.Encode(TransactionSigner.Sign(
        new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = chain,
            Nonce = default,
            GasLimit = new Gas(GasLimit),
            Recipient = Account,
            Value = default,
            MaxFeePerGas = new Wei(MaxFeePerGas),
            Input = (byte[])[0, 0, 0, 0, .. calls],
            Signature = default,
        },
        s_caller));

    /// <summary>Another transaction, signed by the caller.</summary>
    public static byte[] Sign(SignedTransaction transaction) => TransactionEncoder.Encode(TransactionSigner.Sign(transaction, s_caller));

    /// <summary>What the caller needs for its gas.</summary>
    public static Wei GasMoney => new(UInt256.FromUInt64(MaxFeePerGas) * (ulong)GasLimit);

    /// <summary>Adds a call to the calldata.</summary>
    public static void AddCall(ByteBuffer calls, in Address target, in UInt256 value, ReadOnlySpan<byte> data)
    {
        AbiWords.Add(calls, target);
        AbiWords.Add(calls, value);
        AbiWords.Add(calls, (ulong)data.Length);
        calls.Append(data);
    }
}
