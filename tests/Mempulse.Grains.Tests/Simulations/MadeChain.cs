using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.State;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>A block with a known state: a funded account, a contract that stops and one that reverts.</summary>
internal static class MadeChain
{
    public static readonly Address Stopper = Address.Parse("0xcccccccccccccccccccccccccccccccccccc0001");
    public static readonly Address Reverter = Address.Parse("0xcccccccccccccccccccccccccccccccccccc0002");
    private static readonly EcdsaSigner s_signer = new([.. Enumerable.Repeat((byte)0x33, 32)]);

    /// <summary>An Osaka block without the contracts of its system calls.</summary>
    public static BlockHeader Header { get; } = new()
    {
        ParentHash = default,
        OmmersHash = default,
        FeeRecipient = Address.Parse("0xc0ffee0000000000000000000000000000000000"),
        StateRoot = default,
        TransactionsRoot = default,
        ReceiptsRoot = default,
        LogsBloom = new byte[BlockHeader.BloomBytes],
        Difficulty = default,
        Number = new BlockNumber(24_000_000),
        GasLimit = new Gas(60_000_000),
        GasUsed = default,
        TimestampSeconds = 1_770_000_000,
        ExtraData = default,
        MixHash = default,
        PowNonce = 0,
        BaseFeePerGas = new Wei(1_000),
        WithdrawalsRoot = default(Hash256),
        BlobGasUsed = default(Gas),
        ExcessBlobGas = default(Gas),
        ParentBeaconBlockRoot = default(Hash256),
        RequestsHash = default(Hash256),
    };

    public static RecordedState State()
    {
        var state = new KnownState();
        state.Add(s_signer.Account, new AccountRecord(1_000_000_000_000_000_000UL, 0, Keccak256.OfNothing, HasStorage: false));
        Put(state, Stopper, 0x00);
        Put(state, Reverter, 0x5f, 0x5f, 0xfd);
        state.Add(Header.FeeRecipient, null);
        state.Add(Address.Parse("0x0000f90827f1c53a10cb7a02335b175320002935"), null);
        state.Add(Address.Parse("0x000f3df6d732807ef1319fb7b8bb8522d0beac02"), null);
        return new RecordedState(Header, state, StateTrust.Verified);
    }

    /// <summary>A bundle of one call; another value gives another bundle.</summary>
    public static SimQuery Call(Address contract, ulong value = 0) => new()
    {
        Transactions = [new SimTransaction(Sign(contract, value), MayRevert: false)],
        Block = Header.ComputeHash().ToString(),
    };

    private static void Put(KnownState state, Address address, params byte[] code)
    {
        var contract = ContractCode.Of(code);
        state.Add(address, new AccountRecord(default, 1, contract.Hash, HasStorage: false));
        state.Add(contract);
    }

    /// <summary>The account that signs.</summary>
    public static Address Sender => s_signer.Account;

    /// <summary>A signed call of a contract.</summary>
    public static byte[] Sign(Address contract, ulong value, ulong nonce = 0) => TransactionEncoder.Encode(TransactionSigner.Sign(
        new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = new ChainId(1),
            Nonce = new Nonce(nonce),
            GasLimit = new Gas(100_000),
            Recipient = contract,
            Value = new Wei(value),
            MaxFeePerGas = new Wei(10_000),
            MaxPriorityFeePerGas = new Wei(3),
            Input = default,
            Signature = default,
        },
        s_signer));
}
