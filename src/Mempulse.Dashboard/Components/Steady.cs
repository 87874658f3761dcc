using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Mempulse.Dashboard.Components;

/// <summary>Content that is rendered again only when its key changes, while the screen around it renders with each tick.</summary>
public sealed class Steady : ComponentBase
{
    private object? _rendered;
    private bool _isChanged;

    /// <summary>All that the content depends on, compared by value.</summary>
    [Parameter, EditorRequired]
    public object Key { get; set; } = null!;

    /// <summary>The content.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet() => (_isChanged, _rendered) = (!Equals(_rendered, Key), Key);

    /// <inheritdoc/>
    protected override bool ShouldRender() => _isChanged;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddContent(0, ChildContent);
    }
}
