using CsCheck;
using Mempulse.Ethereum.Signatures;
using Mempulse.Outcomes.Competition;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Json;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Witnesses;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Outcomes.Tests.Competition;

/// <summary>What took the place of a bundle is found again from the witness alone. Golden/competition-v1.txt pins docs/formats/competition-witness.md.</summary>
public sealed class CompetitionWitnessTests
{
    private static readonly string s_golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "competition-v1.txt")).Trim();

    [Fact]
    public void A_witness_encodes_to_the_golden_bytes_and_they_decode_to_it()
    {
        var witness = new SignedPot(".ft.").Witness;
        byte[] golden = Convert.FromHexString(s_golden);

        Assert.Equal(s_golden, Convert.ToHexStringLower(CompetitionWitnessCodec.Encode(witness)));
        var read = CompetitionWitnessCodec.Decode(golden);
        Assert.Equal(s_golden, Convert.ToHexStringLower(CompetitionWitnessCodec.Encode(read)));
        Assert.Equal((witness.Header.ComputeHash(), witness.Fork, witness.Account, StateTrust.Verified), (read.Header.ComputeHash(), read.Fork, read.Account, read.Trust));
    }

    [Fact]
    public void Every_prefix_and_anything_after_the_end_is_refused()
    {
        byte[] golden = Convert.FromHexString(s_golden);

        for (int length = 0; length < golden.Length; length++)
        {
            Assert.Throws<EventDecodeException>(() => CompetitionWitnessCodec.Decode(golden.AsSpan(0, length)));
        }

        Assert.Throws<EventDecodeException>(() => CompetitionWitnessCodec.Decode([.. golden, 0]));
        byte[] other = [.. golden];
        other[1] = 2;
        Assert.Equal("Version 2 of the witness of an examination is not supported: expected 1.", Assert.Throws<EventDecodeException>(() => CompetitionWitnessCodec.Decode(other)).Message);
    }

    [Fact]
    public void An_examination_finds_the_same_again_from_its_witness_alone() =>
        Gen.Select(Gen.String[Gen.Char["tf.."], 0, 12], Gen.Bool).Sample(
            static (transactions, isFull) =>
            {
                var pot = new SignedPot(transactions, isFull);

                var again = CompetitionWitnessCodec.Decode(CompetitionWitnessCodec.Encode(pot.Witness)).Rerun(SenderRecovery.CreateBest());

                Assert.Equal(TextOf(pot.Found), TextOf(again!));
                Assert.Equal(pot.Found.Competitor, again!.Competitor);
            },
            iter: 100);

    [Fact]
    public void A_witness_that_lacks_a_part_of_the_state_finds_nothing() =>
        Assert.Null((new SignedPot("t").Witness with { State = new KnownState() }).Rerun(SenderRecovery.CreateBest()));

    private static string TextOf(CompetitionAnswer.Decided decided) =>
        EventJson.PayloadOf(CompetitionFact.Of(Named.Tx("bundle"), Named.Block("block"), decided, StateTrust.Verified, default(Hash256)));
}
