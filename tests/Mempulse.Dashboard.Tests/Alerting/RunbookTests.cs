using Mempulse.Dashboard.Alerting;

namespace Mempulse.Dashboard.Tests.Alerting;

/// <summary>Runbooks are Markdown in the repository, and pages in the dashboard.</summary>
public sealed class RunbookTests
{
    [Fact]
    public void Every_rule_has_a_runbook_with_a_title_and_steps_and_no_sign_of_Markdown_is_left()
    {
        foreach (var rule in AlertRules.Shipped)
        {
            var runbook = Runbook.Of(AlertRules.Runbook(rule.Runbook)!);

            Assert.NotEmpty(runbook.Title);
            Assert.Contains("<li>", runbook.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("## ", runbook.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("](", runbook.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(".md\"", runbook.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Tags_in_a_runbook_are_shown_as_text()
    {
        var runbook = Runbook.Of("# A title\n\n<script>alert(1)</script>\n\na <b>tag</b>");

        Assert.Equal("A title", runbook.Title);
        Assert.DoesNotContain("<script", runbook.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", runbook.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", runbook.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_another_runbook_leads_to_its_page_and_the_names_of_other_documents_are_text()
    {
        var runbook = Runbook.Of("# A title\n\nSee [replay-lag](replay-lag.md), [metrics](../metrics.md) and [this](javascript:alert).");

        Assert.Equal("<p>See <a href=\"/runbooks/replay-lag\">replay-lag</a>, metrics and this.</p>\n", runbook.Html);
    }
}
