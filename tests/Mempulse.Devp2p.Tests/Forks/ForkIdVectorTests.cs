using System.Globalization;
using System.Text.Json;
using Mempulse.Devp2p.Forks;
using Mempulse.Devp2p.Tests.Vectors;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Tests.Forks;

/// <summary>EIP-2124 and EIP-6122 against the test cases of geth.</summary>
public sealed class ForkIdVectorTests
{
    [Fact]
    public void The_four_public_chains_have_the_fork_ids_of_geth_at_every_head()
    {
        var differences = new List<string>();
        int count = 0;
        foreach (var vector in DevP2pVectors.Items("forkid", "creation"))
        {
            var chain = Chain(vector.GetProperty("network").GetString()!);
            var actual = chain.At(new ForkPoint(Number(vector, "head"), Number(vector, "time")));
            var expected = new ForkId(Hash(vector.GetProperty("hash")), Number(vector, "next"));
            count++;
            if (actual != expected)
            {
                differences.Add($"{vector}: {actual}");
            }
        }

        Assert.Empty(differences);
        Assert.InRange(count, 78, int.MaxValue);
    }

    [Fact]
    public void Remote_fork_ids_are_validated_as_in_geth()
    {
        var differences = new List<string>();
        int count = 0;
        foreach (var vector in DevP2pVectors.Items("forkid", "validation"))
        {
            var chain = vector.GetProperty("config").GetString() == "mainnet" ? KnownChains.Mainnet : MainnetBlockForksOnly();
            var remote = new ForkId(Hash(vector.GetProperty("remote_hash")), Number(vector, "remote_next"));
            var actual = chain.Check(remote, new ForkPoint(Number(vector, "head"), Number(vector, "time")));
            var expected = vector.GetProperty("result").GetString() switch
            {
                "nil" => ForkCompatibility.Compatible,
                "ErrRemoteStale" => ForkCompatibility.RemoteStale,
                _ => ForkCompatibility.LocalIncompatibleOrStale,
            };
            count++;
            if (actual != expected)
            {
                differences.Add($"{vector}: {actual}");
            }
        }

        Assert.Empty(differences);
        Assert.InRange(count, 45, int.MaxValue);
    }

    [Fact]
    public void Fork_ids_encode_as_the_EIP_shows_and_decode_back()
    {
        foreach (var vector in DevP2pVectors.Items("forkid", "rlp_encoding"))
        {
            var id = new ForkId(Hash(vector.GetProperty("hash")), Number(vector, "next"));
            var output = new ByteBuffer();
            id.Encode(new RlpWriter(output));
            var reader = new RlpReader(output.WrittenSpan);

            Assert.Equal(vector.GetProperty("rlp").GetString(), Convert.ToHexStringLower(output.WrittenSpan));
            Assert.Equal(id, ForkId.Read(ref reader));
        }
    }

    private static ChainForks Chain(string network) => network switch
    {
        "Mainnet" => KnownChains.Mainnet,
        "Sepolia" => KnownChains.Sepolia,
        "Holesky" => KnownChains.Holesky,
        "Hoodi" => KnownChains.Hoodi,
        _ => throw new ArgumentException(network, nameof(network)),
    };

    private static ChainForks MainnetBlockForksOnly() => new(
        1,
        KnownChains.Mainnet.Genesis,
        genesisTime: 0,
        [1_150_000, 1_920_000, 2_463_000, 2_675_000, 4_370_000, 7_280_000, 9_069_000, 9_200_000, 12_244_000, 12_965_000, 13_773_000, 15_050_000],
        []);

    private static uint Hash(JsonElement text) => uint.Parse(text.GetString()!.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static ulong Number(JsonElement vector, string name) => vector.GetProperty(name) is { ValueKind: JsonValueKind.String } text
        ? ulong.Parse(text.GetString()!, CultureInfo.InvariantCulture)
        : vector.GetProperty(name).GetUInt64();
}
