using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Sim.Tests.Running;

/// <summary>A state with a few funded accounts, and contracts with the test's bytecode.</summary>
internal sealed class SimScenario
{
    public static readonly Address Coinbase = Address.Parse("0xc0ffee0000000000000000000000000000000000");

    private static readonly UInt256 OneEther = 1_000_000_000_000_000_000;
    private readonly Dictionary<Address, ulong> _nonces = [];

    public SimScenario()
    {
        foreach (var signer in Signers)
        {
            State.Add(signer.Account, new AccountRecord(OneEther * 100, 0, Keccak256.OfNothing, HasStorage: false));
        }

        State.Add(Coinbase, null);
    }

    public static IReadOnlyList<EcdsaSigner> Signers { get; } = [.. Enumerable.Range(1, 3).Select(key => new EcdsaSigner([.. Enumerable.Repeat((byte)key, 32)]))];

    public KnownState State { get; } = new();

    public List<BundleTransaction> Bundle { get; } = [];

    public SimBlock Block { get; init; } = new(
        Keccak256.Hash("base"u8), Fork.Osaka, 1, 100, 1_700_000_000, Coinbase, 60_000_000, 7, default, Keccak256.Hash("randao"u8), 0);

    public SimLimits Limits { get; set; } = SimLimits.Default;

    public StepTracing Steps { get; set; }

    /// <summary>Deploys code at <see cref="AddressOf"/>; its storage slots are missing unless the test adds them.</summary>
    public Address Contract(byte number, params byte[] code)
    {
        var address = AddressOf(number);
        var contract = ContractCode.Of(code);
        State.Add(address, new AccountRecord(default, 1, contract.Hash, HasStorage: false));
        State.Add(contract);
        return address;
    }

    public static Address AddressOf(byte number)
    {
        byte[] bytes = new byte[Address.Size];
        bytes.AsSpan().Fill(0xcc);
        bytes[^1] = number;
        return new Address(bytes);
    }

    public SimScenario Call(int signer, Address? to, UInt256 value = default, byte[]? input = null, ulong gas = 1_000_000, RevertPolicy revert = default, ulong? nonce = null)
    {
        var key = Signers[signer];
        ulong next = _nonces.GetValueOrDefault(key.Account);
        _nonces[key.Account] = next + 1;
        return Add(key, revert, new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = new ChainId(1),
            Nonce = new Nonce(nonce ?? next),
            GasLimit = new Gas(gas),
            Recipient = to,
            Value = new Wei(value),
            MaxFeePerGas = new Wei(1_000),
            MaxPriorityFeePerGas = new Wei(3),
            Input = input ?? [],
            Signature = default,
        });
    }

    /// <summary>Adds a transfer of nothing with this many blobs.</summary>
    public SimScenario Blobs(int signer, int count)
    {
        var key = Signers[signer];
        ulong next = _nonces.GetValueOrDefault(key.Account);
        _nonces[key.Account] = next + 1;
        return Add(key, default, new SignedTransaction
        {
            Type = TxType.Blob,
            ChainId = new ChainId(1),
            Nonce = new Nonce(next),
            GasLimit = new Gas(30_000),
            Recipient = Signers[1].Account,
            Value = default,
            MaxFeePerGas = new Wei(1_000),
            MaxPriorityFeePerGas = new Wei(3),
            MaxFeePerBlobGas = new Wei(1_000),
            BlobHashes = [.. Enumerable.Repeat(new Hash256([0x01, .. new byte[31]]), count)],
            Input = default,
            Signature = default,
        });
    }

    private SimScenario Add(EcdsaSigner key, RevertPolicy revert, SignedTransaction unsigned)
    {
        Bundle.Add(new BundleTransaction(TransactionEncoder.Encode(TransactionSigner.Sign(unsigned, key)), revert));
        return this;
    }

    public SimRequest Request() => new() { Block = Block, Transactions = Bundle, Limits = Limits, Steps = Steps };

    public SimRun Run() => Run(Request());

    public SimRun Run(SimRequest request) => new Simulator(SenderRecovery.CreateBest()).Simulate(request, State, StateTrust.Verified);
}
