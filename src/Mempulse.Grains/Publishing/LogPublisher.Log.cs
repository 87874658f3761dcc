using Mempulse.Primitives;
using Microsoft.Extensions.Logging;

namespace Mempulse.Grains.Publishing;

internal sealed partial class LogPublisher
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Chain {Chain}: cannot publish the notice of watermark {Watermark}; followers read the log instead")]
    private static partial void LogPublishFailed(ILogger logger, ChainId chain, GlobalSeq watermark, Exception failure);
}
