namespace Mempulse.Testing.Nodes;

/// <summary>What a scripted node does with one call or one batch.</summary>
public abstract record NodeReply
{
    private NodeReply()
    {
    }

    /// <summary>Answers with a result.</summary>
    /// <param name="Json">The result.</param>
    public sealed record Result(string Json) : NodeReply;

    /// <summary>Answers with an error object.</summary>
    /// <param name="Code">Its code.</param>
    /// <param name="Message">Its message.</param>
    public sealed record Refusal(int Code, string Message) : NodeReply;

    /// <summary>Sends no answer. In a batch, the answer to this call is missing.</summary>
    public sealed record Silence : NodeReply;

    /// <summary>Closes the connection without an answer.</summary>
    public sealed record Cut : NodeReply;

    /// <summary>Answers with an HTTP status. Over a WebSocket, which has none, the connection is closed.</summary>
    /// <param name="Code">The status.</param>
    /// <param name="RetryAfter">The Retry-After header; null for none.</param>
    /// <param name="Body">The body.</param>
    public sealed record Status(int Code, string? RetryAfter = null, string Body = "") : NodeReply;

    /// <summary>Sends this text as the whole message, whatever was asked.</summary>
    /// <param name="Content">The message, which need not be JSON.</param>
    public sealed record Literal(string Content) : NodeReply;
}
