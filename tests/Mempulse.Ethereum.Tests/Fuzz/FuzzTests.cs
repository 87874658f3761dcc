using System.Globalization;

namespace Mempulse.Ethereum.Tests.Fuzz;

/// <summary>Runs each fuzz target over its corpus. MEMPULSE_FUZZ_INPUTS sets the number of inputs, MEMPULSE_FUZZ_SEED the seed.</summary>
public sealed class FuzzTests
{
    private const int DefaultInputs = 40_000;
    private const ulong DefaultSeed = 20_261_123;

    private readonly FuzzTargets _targets = new();

    [Fact]
    public void Damaged_transactions_fail_with_a_reason_or_encode_back() =>
        Run(Corpus.Load("transactions.hex"), _targets.Transaction, Inputs);

    [Fact]
    public void Damaged_headers_fail_with_a_reason_or_encode_back() =>
        Run(Corpus.Load("headers.hex"), _targets.Header, Inputs);

    [Fact]
    public void Damaged_bodies_fail_with_a_reason_or_encode_back() =>
        Run(Corpus.Load("bodies.hex"), _targets.Body, Inputs);

    [Fact]
    public void Damaged_json_fails_with_a_named_field_or_reads() =>
        Run(Corpus.LoadText("block.json"), _targets.BlockJson, Inputs / 20);

    private static int Inputs => (int)Setting("MEMPULSE_FUZZ_INPUTS", DefaultInputs);

    private static ulong Setting(string name, ulong fallback) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : fallback;

    private void Run(IReadOnlyList<byte[]> corpus, Action<byte[]> target, int inputs)
    {
        ulong seed = Setting("MEMPULSE_FUZZ_SEED", DefaultSeed);
        var mutator = new Mutator(seed);
        foreach (byte[] input in corpus)
        {
            Try(target, input, "corpus");
        }

        Assert.True(_targets.Accepted > 0, "No input of the corpus is accepted, so its mutations would prove little.");
        for (int i = 0; i < inputs; i++)
        {
            byte[] input = mutator.Mutate(corpus[mutator.Below(corpus.Count)], corpus[mutator.Below(corpus.Count)]);
            Try(target, input, $"seed {seed}, input {i}");
        }
    }

    private static void Try(Action<byte[]> target, byte[] input, string origin)
    {
        try
        {
            target(input);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            Assert.Fail($"{origin}: {broken.Message}\nAdd to the corpus: {Convert.ToHexStringLower(input)}\n{broken}");
        }
    }
}
