using System.Text.Json.Nodes;
using Mempulse.Primitives.Events;
using Mempulse.Storage.Cases;

namespace Mempulse.Cli.Cases;

/// <summary>Events of a case in words.</summary>
internal static class CaseText
{
    /// <summary>The name of the kind and the id.</summary>
    public static string Of(CaseEvent one) => $"{EventCatalog.Core.NameOf(one.Kind)} {one.Id}";

    /// <summary>Why an event is in a case as it was logged.</summary>
    public static string ReasonOf(CaseEvent one) => one.Kind switch
    {
        LogEvent.SimCompleted.KindNumber => "the case does not have its witness",
        LogEvent.BundleBuilt.KindNumber => "the case does not have its transactions",
        LogEvent.CompetitionExamined.KindNumber => "the case does not have its witness",
        _ => "it does not follow from the facts of the case",
    };

    public static JsonArray ToJson(IEnumerable<CaseEvent> events) => [.. events.Select(static one => JsonValue.Create(Of(one)))];
}
