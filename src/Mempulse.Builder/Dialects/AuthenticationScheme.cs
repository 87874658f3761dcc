namespace Mempulse.Builder.Dialects;

/// <summary>How a request says who sends it.</summary>
public enum AuthenticationScheme
{
    /// <summary>An account and its signature over the body: <c>X-Flashbots-Signature</c>.</summary>
    FlashbotsSignature = 0,

    /// <summary>A secret that the builder issued.</summary>
    Token = 1,
}
