using Mempulse.ChainState.Recorded;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Testing.Scenarios;

namespace Mempulse.ChainState.Tests.Recorded;

/// <summary>Recorded states answer for their blocks, say of everything else that it was not recorded, and never pass for proven.</summary>
public sealed class RecordedStateProviderTests
{
    private static readonly RecordedStateProvider s_provider = new(RecordedSamples.States, StateTrust.Unverified);

    [Fact]
    public async Task A_block_is_found_by_the_hash_and_by_the_height_of_the_one_before_it()
    {
        var stop = TestContext.Current.CancellationToken;

        var byHash = await s_provider.NextAsync(Named.Block("before 200").ToString(), new ChainId(1), stop);
        var byHeight = await s_provider.NextAsync("0xc7", new ChainId(1), stop);

        Assert.Equal(RecordedSamples.Block(200).Block, byHash);
        Assert.Equal(byHash, byHeight);
        Assert.Equal((199UL, Named.Block("before 200"), Named.Block("beacon")), (byHash.BaseNumber, byHash.BaseHash, byHash.ParentBeaconRoot));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("0x64")]
    [InlineData("0x1111111111111111111111111111111111111111111111111111111111111111")]
    public async Task Any_other_block_was_not_recorded_and_those_that_were_are_named(string tag)
    {
        var refused = await Assert.ThrowsAsync<StateUnavailableException>(() => s_provider.NextAsync(tag, new ChainId(1), TestContext.Current.CancellationToken));

        Assert.Equal(StateUnavailability.NotRecorded, refused.Reason);
        Assert.Equal($"The state of block {tag} was not recorded. States were recorded for 2 blocks of capture \"sample\". Name one by its hash or height: 0x63, 0xc7.", refused.Message);
    }

    [Fact]
    public async Task No_header_was_recorded()
    {
        var refused = await Assert.ThrowsAsync<StateUnavailableException>(() => s_provider.HeaderAsync("0xc7", TestContext.Current.CancellationToken));

        Assert.Equal((StateUnavailability.NotRecorded, "The header of block 0xc7 was not recorded."), (refused.Reason, refused.Message));
    }

    [Fact]
    public async Task A_slot_that_was_not_recorded_is_missing_and_never_zero()
    {
        var state = await s_provider.AtAsync(Named.Block("before 200"), TestContext.Current.CancellationToken);

        Assert.Equal((ReadOutcome.Found, ReadOutcome.Missing), (state.Reader.ReadStorage(RecordedSamples.Contract, 1, out var known), state.Reader.ReadStorage(RecordedSamples.Contract, 2, out _)));
        Assert.Equal((UInt256)200, known);
        Assert.Null(await state.FetchSlotsAsync([new AccountParts(RecordedSamples.Contract, [2])], TestContext.Current.CancellationToken));
        Assert.Equal(ReadOutcome.Missing, state.Reader.ReadStorage(RecordedSamples.Contract, 2, out _));
        Assert.Equal((StateTrust.Unverified, "recorded state of sample"), (state.Trust, state.Source));
    }

    [Theory]
    [InlineData(1UL, FailureCategory.None, "Every transaction ran.")]
    [InlineData(2UL, FailureCategory.StateMissing, "The state is not known: slot 0x0000000000000000000000000000000000000000000000000000000000000002 of account ")]
    public async Task A_simulation_that_needs_more_ends_with_what_is_missing_and_no_outcome_is_verified(ulong slot, FailureCategory category, string said)
    {
        var signer = new EcdsaSigner(Ethereum.Hashing.Keccak256.Hash("recorded"u8).ToArray());
        var recorded = RecordedSamples.Block(200);
        recorded.State.Add(signer.Account, new AccountRecord(UInt256.FromUInt64(1_000_000_000_000_000_000), 0, Ethereum.Hashing.Keccak256.OfNothing, HasStorage: false));
        var provider = new RecordedStateProvider(RecordedSamples.States with { Blocks = [recorded] }, StateTrust.Unverified);
        var request = new SimRequest { Block = recorded.Block, Transactions = [new BundleTransaction(Call(signer, slot), RevertPolicy.MustSucceed)] };

        var run = await new StateSimulation(provider, new RpcStateOptions(), SenderRecovery.CreateBest()).RunAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((category, StateTrust.Unverified), (run.Result.Outcome.Category, run.Result.Trust));
        Assert.StartsWith(said, OutcomeText.Of(run.Result.Outcome), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_only_proven_state_is_accepted_nothing_is_provided()
    {
        var strict = new RecordedStateProvider(RecordedSamples.States, StateTrust.Verified);

        var refused = await Assert.ThrowsAsync<StateUnavailableException>(() => strict.AtAsync(Named.Block("before 200"), TestContext.Current.CancellationToken));

        Assert.EndsWith("was recorded without proofs, and only proven state is accepted.", refused.Message, StringComparison.Ordinal);
    }

    private static byte[] Call(EcdsaSigner signer, ulong slot)
    {
        var unsigned = new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = new ChainId(1),
            Nonce = default,
            GasLimit = new Gas(100_000),
            Recipient = RecordedSamples.Contract,
            Value = default,
            MaxFeePerGas = new Wei(5),
            MaxPriorityFeePerGas = default,
            Input = Word(slot),
            Signature = new EcdsaSignature(UInt256.One, UInt256.One, YParity: 0),
        };
        return TransactionEncoder.Encode(TransactionSigner.Sign(unsigned, signer));
    }

    private static byte[] Word(ulong value)
    {
        byte[] word = new byte[UInt256.Size];
        UInt256.FromUInt64(value).WriteBigEndian(word);
        return word;
    }
}
