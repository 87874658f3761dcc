using System.Text;
using System.Text.Json;
using CsCheck;
using Mempulse.Builder.Signing;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;

namespace Mempulse.Builder.Tests.Signing;

/// <summary>The header X-Flashbots-Signature, against the vectors of flashbots/go-utils: MetaMask, cast and ethers made them.</summary>
public sealed class RelaySignatureTests
{
    private static readonly ISenderRecovery Recovery = SenderRecovery.CreateBest();
    private static readonly byte[] Hello = "Hello"u8.ToArray();

    private static string Header => RelaySignature.Sign(MadeBundles.Signer, Hello);

    [Fact]
    public void The_signatures_of_other_wallets_are_accepted_and_ours_is_byte_for_byte_theirs()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "relay", "signatures.json")));
        var vectors = file.RootElement.GetProperty("vectors").EnumerateArray().ToArray();

        Assert.Equal(3, vectors.Length);
        Assert.All(vectors, vector =>
        {
            byte[] body = Encoding.UTF8.GetBytes(vector.GetProperty("body").GetString()!);
            string account = vector.GetProperty("address").GetString()!;
            string header = $"{account}:{vector.GetProperty("signature").GetString()}";

            Assert.True(RelaySignature.TryVerify(header, body, Recovery, out var signer));
            Assert.Equal(Address.Parse(account), signer);
            if (vector.TryGetProperty("private_key", out var key))
            {
                Assert.Equal(header, RelaySignature.Sign(new EcdsaSigner(Convert.FromHexString(key.GetString()!.AsSpan(2))), body), ignoreCase: true);
            }
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("Hello...")]
    [InlineData("hello")]
    public void The_signature_of_another_body_is_refused(string body) =>
        Assert.False(RelaySignature.TryVerify(Header, Encoding.UTF8.GetBytes(body), Recovery, out _));

    public static TheoryData<string> Malformed =>
    [
        string.Empty,
        ":",
        Header.Replace(':', ' '),
        Header + "00000000",
        Header[..^8],
        Header[2..],
        Header.Replace(":0x", ":0X", StringComparison.Ordinal),
        Header[..43] + "0x" + Header[45..].ToUpperInvariant(),
        "0x" + new string('1', 40) + Header[42..],
        Header[..^2] + "1d",
        Header[..^2] + "02",
        Header[..45] + new string('0', 64) + Header[109..],
        Header[..45] + new string('f', 64) + Header[109..],
        Header[..^1] + "g",
        " " + Header[..^1],
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_header_is_refused(string header) => Assert.False(RelaySignature.TryVerify(header, Hello, Recovery, out _));

    [Fact]
    public void No_header_is_no_signature() => Assert.False(RelaySignature.TryVerify(null, Hello, Recovery, out _));

    [Fact]
    public void The_key_of_another_account_is_refused()
    {
        string other = RelaySignature.Sign(new EcdsaSigner([.. new byte[31], 7]), Hello);

        Assert.False(RelaySignature.TryVerify(Header[..42] + other[42..], Hello, Recovery, out _));
    }

    [Fact]
    public void The_signed_text_has_lower_case_digits()
    {
        string upper = "0x" + Keccak256.Hash(Hello).ToString()[2..].ToUpperInvariant();
        var signature = MadeBundles.Signer.Sign(PersonalMessage.Digest(upper));
        byte[] bytes = new byte[65];
        signature.R.WriteBigEndian(bytes);
        signature.S.WriteBigEndian(bytes.AsSpan(32));
        bytes[64] = (byte)(27 + signature.YParity);

        Assert.False(RelaySignature.TryVerify($"{MadeBundles.Signer.Account}:0x{Convert.ToHexStringLower(bytes)}", Hello, Recovery, out _));
    }

    [Fact]
    public void Every_body_verifies_and_no_changed_bit_of_it_does() =>
        Gen.Select(Gen.Byte.Array[1, 300], Gen.Int[0, 299], Gen.Int[0, 7]).Sample((body, at, bit) =>
        {
            string header = RelaySignature.Sign(MadeBundles.Signer, body);
            byte[] changed = [.. body];
            changed[at % body.Length] ^= (byte)(1 << bit);

            return RelaySignature.TryVerify(header, body, Recovery, out var account)
                && account == MadeBundles.Signer.Account
                && !RelaySignature.TryVerify(header, changed, Recovery, out _);
        }, iter: 40);
}
