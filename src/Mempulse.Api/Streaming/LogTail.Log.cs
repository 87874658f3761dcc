using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Api.Streaming;

internal sealed partial class LogTail
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: the stream cannot read the log")]
    private static partial void LogNotRead(ILogger logger, ChainId chain, Exception failure);
}
