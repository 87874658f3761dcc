using Mempulse.Builder.Dialects;
using Mempulse.Builder.Signing;
using Mempulse.Ethereum.Signatures;

namespace Mempulse.Builder.Requests;

/// <summary>What proves to a builder who sends a request. Not a record: its text must not show the secret.</summary>
public abstract class RelayCredential
{
    private RelayCredential()
    {
    }

    /// <summary>The scheme for which it is.</summary>
    public abstract AuthenticationScheme Scheme { get; }

    /// <summary>The value of the header for a body.</summary>
    internal abstract string HeaderFor(ReadOnlySpan<byte> body);

    /// <summary>A credential that signs each body. The key identifies the sender and holds no funds.</summary>
    public static RelayCredential OfSigner(EcdsaSigner signer) => new Signer(signer);

    /// <summary>A secret that a builder issued.</summary>
    public static RelayCredential OfToken(string token) => new Token(token);

    private sealed class Signer(EcdsaSigner signer) : RelayCredential
    {
        public override AuthenticationScheme Scheme => AuthenticationScheme.FlashbotsSignature;

        internal override string HeaderFor(ReadOnlySpan<byte> body) => RelaySignature.Sign(signer, body);
    }

    private sealed class Token(string token) : RelayCredential
    {
        public override AuthenticationScheme Scheme => AuthenticationScheme.Token;

        internal override string HeaderFor(ReadOnlySpan<byte> body) => token;
    }
}
