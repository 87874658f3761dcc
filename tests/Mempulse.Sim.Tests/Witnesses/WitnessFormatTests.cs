using Mempulse.Ethereum.Forks;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Sim.Tests.Witnesses;

/// <summary>Golden/witness-v1.txt and witness-v2.txt pin docs/formats/witness.md: every witness written by these versions must decode forever.</summary>
public sealed class WitnessFormatTests
{
    private static readonly string Golden = Read("witness-v1.txt");
    private static readonly string GoldenNaming = Read("witness-v2.txt");
    private static readonly ContractCode Code = ContractCode.Of([0x60, 0x01, 0x00]);

    [Fact]
    public void A_witness_encodes_to_the_golden_bytes() => Assert.Equal(Golden, Convert.ToHexStringLower(WitnessCodec.Encode(Sample())));

    [Fact]
    public void The_golden_bytes_decode_to_the_witness()
    {
        var read = WitnessCodec.Decode(Convert.FromHexString(Golden));

        Assert.Equal(SimRequestCodec.IdOf(Sample().Request), SimRequestCodec.IdOf(read.Request));
        Assert.Equal(StateTrust.Verified, read.Trust);
        Assert.Equal(Golden, Convert.ToHexStringLower(WitnessCodec.Encode(read)));
    }

    [Fact]
    public void Every_prefix_is_refused()
    {
        foreach (string text in new[] { Golden, GoldenNaming })
        {
            byte[] golden = Convert.FromHexString(text);
            for (int length = 0; length < golden.Length; length++)
            {
                Assert.Throws<EventDecodeException>(() => WitnessCodec.Decode(golden.AsSpan(0, length), _ => Code.Memory));
            }
        }
    }

    [Fact]
    public void A_witness_that_names_its_code_encodes_to_its_golden_bytes() => Assert.Equal(GoldenNaming, Convert.ToHexStringLower(WitnessCodec.Encode(Sample().NamingCodes())));

    [Fact]
    public void Those_decode_to_the_same_witness_with_the_code_that_they_name()
    {
        byte[] bytes = Convert.FromHexString(GoldenNaming);

        var read = WitnessCodec.Decode(bytes, hash => hash == Code.Hash ? Code.Memory : default(ReadOnlyMemory<byte>?));

        Assert.Equal(Golden, Convert.ToHexStringLower(WitnessCodec.Encode(read with { Form = WitnessForm.Whole })));
        Assert.Equal(GoldenNaming, Convert.ToHexStringLower(WitnessCodec.Encode(read)));
        Assert.Equal([Code.Hash], WitnessCodec.CodesOf(bytes));
        Assert.Equal([Code.Hash], read.NamedCodes.Select(static code => code.Hash));
        Assert.Empty(WitnessCodec.CodesOf(Convert.FromHexString(Golden)));
        Assert.Equal(SimRequestCodec.IdOf(read.Request), SimRequestCodec.IdOf(WitnessCodec.RequestOf(bytes)));
    }

    [Fact]
    public void Code_that_is_not_there_or_is_another_one_is_refused()
    {
        byte[] bytes = Convert.FromHexString(GoldenNaming);

        Assert.Equal($"The witness names code {Code.Hash}, which is not there.", Assert.Throws<EventDecodeException>(() => WitnessCodec.Decode(bytes)).Message);
        var other = ContractCode.Of([0x00]);
        Assert.Equal(
            $"The witness names code {Code.Hash}: the code that was read is {other.Hash}.",
            Assert.Throws<EventDecodeException>(() => WitnessCodec.Decode(bytes, _ => other.Memory)).Message);
    }

    [Fact]
    public void A_witness_names_at_most_as_many_codes_as_are_stored_with_it()
    {
        var witness = Sample();
        for (int number = 1; witness.State.PartCount < 6 + Witness.MaxNamedCodes; number++)
        {
            witness.State.Add(ContractCode.Of([0x60, (byte)number]));
            Assert.Equal(number < Witness.MaxNamedCodes ? WitnessForm.NamesCodes : WitnessForm.Whole, witness.NamingCodes().Form);
        }

        Assert.Empty(witness.NamingCodes().NamedCodes);
    }

    /// <summary>Every field has a distinct value, and every optional field is present once and missing once.</summary>
    private static Witness Sample()
    {
        var state = new KnownState();
        state.Add(AddressOf(0x21), new AccountRecord(new UInt256(1, 2, 3, 4), 7, Code.Hash, HasStorage: true));
        state.Add(AddressOf(0x22), null);
        state.Add(AddressOf(0x21), 5, 300);
        state.Add(AddressOf(0x21), new UInt256(9, 0, 0, 1), default);
        state.Add(Code);
        state.Add(99, HashOf(0x31));
        return new Witness(Request(), state, StateTrust.Verified);
    }

    private static SimRequest Request() => new()
    {
        Block = new SimBlock(HashOf(0x11), Fork.Osaka, 1, 101, 1_764_800_000, AddressOf(0x12), 36_000_000, 1_000_000_007, default, HashOf(0x13), 131_072)
        {
            BaseNumber = 100,
            Start = BlockStart.SystemCalls,
            ParentBeaconRoot = HashOf(0x14),
        },
        Transactions =
        [
            new BundleTransaction(new byte[] { 0x02, 0xc0 }, RevertPolicy.MustSucceed),
            new BundleTransaction(new byte[] { 0x01, 0xc0 }, RevertPolicy.MayRevert),
        ],
        Opportunity = HashOf(0x15),
        Account = AddressOf(0x16),
        Overrides =
        [
            new StateOverride(AddressOf(0x21), 1_000, null, new byte[] { 0xfe }, [new(1, 2)]),
            new StateOverride(AddressOf(0x23), null, 4, null, []),
        ],
        Limits = new SimLimits { MaxGas = 1_000_000, MaxTransactions = 64 }, // the default when the bytes were written
        Steps = StepTracing.Digest,
    };

    private static string Read(string golden) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", golden)).Trim();

    private static Hash256 HashOf(byte value) => new([.. Enumerable.Repeat(value, Hash256.Size)]);

    private static Address AddressOf(byte value) => new([.. Enumerable.Repeat(value, Address.Size)]);
}
