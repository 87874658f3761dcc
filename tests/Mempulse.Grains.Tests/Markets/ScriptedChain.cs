using Mempulse.ChainState;
using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.Grains.Tests.Markets;

/// <summary>One block of one node, which returns what a test says.</summary>
internal sealed class ScriptedChain : IStateProvider, IBlockState, IStateReader
{
    private readonly HashSet<(Address, UInt256)> _fetched = [];
    private readonly HashSet<Address> _accounts = [];
    private readonly HashSet<Hash256> _fetchedCodes = [];

    public Dictionary<(Address, UInt256), UInt256> Slots { get; } = [];

    public Dictionary<Address, byte[]> Codes { get; } = [];

    public HashSet<Address> Refuted { get; } = [];

    public bool IsSilent { get; set; }

    public int Fetches { get; private set; }

    public int SingleFetches { get; private set; }

    public StateTrust Trust { get; set; } = StateTrust.Verified;

    public string Source => "liar";

    public IStateReader Reader => this;

    public void Forget()
    {
        _fetched.Clear();
        _accounts.Clear();
        _fetchedCodes.Clear();
    }

    public Task<BlockHeader> HeaderAsync(string tag, CancellationToken cancellationToken) => Task.FromResult(new BlockHeader
    {
        ParentHash = default,
        OmmersHash = default,
        FeeRecipient = default,
        StateRoot = default,
        TransactionsRoot = default,
        ReceiptsRoot = default,
        LogsBloom = new byte[256],
        Difficulty = default,
        Number = new BlockNumber(24_000_000),
        GasLimit = new Gas(30_000_000),
        GasUsed = default,
        TimestampSeconds = 1_770_000_000,
        ExtraData = default,
        MixHash = default,
        PowNonce = 0,
        BaseFeePerGas = new Wei(7),
        BlobGasUsed = default(Gas),
        ExcessBlobGas = default(Gas),
    });

    public Task<IBlockState> AtAsync(Hash256 block, CancellationToken cancellationToken) => Task.FromResult<IBlockState>(this);

    public Task PrefetchAsync(SimRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SimOutcome?> FetchAsync(StateGap gap, CancellationToken cancellationToken)
    {
        SingleFetches++;
        var address = gap switch { StateGap.OfAccount account => account.Address, StateGap.OfSlot slot => slot.Address, StateGap.OfCode code => code.Address, _ => default };
        if (Refuted.Contains(address))
        {
            return Task.FromResult<SimOutcome?>(new SimOutcome.StateMismatch(address, null, "The proof is of another value."));
        }

        Fetch(address, gap is StateGap.OfSlot { Slot: var one } ? [one] : [], withCode: true);
        return Task.FromResult<SimOutcome?>(null);
    }

    public Task<SimOutcome?> FetchSlotsAsync(IReadOnlyList<AccountParts> wanted, CancellationToken cancellationToken)
    {
        Fetches++;
        if (wanted.FirstOrDefault(parts => Refuted.Contains(parts.Address)) is { } lie)
        {
            return Task.FromResult<SimOutcome?>(new SimOutcome.StateMismatch(lie.Address, null, "The proof is of another value."));
        }

        if (IsSilent)
        {
            return Task.FromResult<SimOutcome?>(new SimOutcome.StateMissing(new StateGap.OfSlot(wanted[0].Address, wanted[0].Slots[0])));
        }

        foreach (var parts in wanted)
        {
            Fetch(parts.Address, parts.Slots, parts.WithCode);
        }

        return Task.FromResult<SimOutcome?>(null);
    }

    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = Slots.GetValueOrDefault((address, slot));
        return _fetched.Contains((address, slot)) ? ReadOutcome.Found : ReadOutcome.Missing;
    }

    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        bool isContract = Codes.TryGetValue(address, out byte[]? code);
        account = new AccountRecord(UInt256.Zero, 1, ContractCode.Of(code ?? []).Hash, isContract);
        return _accounts.Contains(address) ? ReadOutcome.Found : ReadOutcome.Missing;
    }

    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code)
    {
        code = ContractCode.Of(Codes[address]);
        return _fetchedCodes.Contains(codeHash) ? ReadOutcome.Found : ReadOutcome.Missing;
    }

    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) => throw new NotSupportedException();

    private void Fetch(in Address address, IReadOnlyList<UInt256> slots, bool withCode)
    {
        _accounts.Add(address);
        foreach (var slot in slots)
        {
            _fetched.Add((address, slot));
        }

        if (withCode && Codes.TryGetValue(address, out byte[]? code))
        {
            _fetchedCodes.Add(ContractCode.Of(code).Hash);
        }
    }
}
