using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Wct.ApiPages;

/// <summary>The documentation of a type or a member, as Markdown.</summary>
/// <param name="Parameters">Type parameters, then parameters.</param>
internal sealed record Entry(
    string Summary, string Remarks, (string Name, string Text)[] Parameters, string Returns, (string Name, string Text)[] Exceptions);

/// <summary>Reads the documentation files that the compiler writes beside the packages' assemblies.</summary>
internal sealed partial class Documentation
{
    private readonly Dictionary<string, XElement> _members = [];
    private readonly Dictionary<string, Type> _types = [];

    internal Documentation(IEnumerable<Assembly> assemblies)
    {
        foreach (Assembly assembly in assemblies)
        {
            foreach (XElement member in XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
                _members[member.Attribute("name")!.Value] = member;
            foreach (Type type in assembly.GetExportedTypes())
                _types[MemberId.Of(type)] = type;
        }
    }

    /// <summary>Returns a link from a type's name to its page.</summary>
    internal string Link(Type type)
    {
        string name = Signature.Name(type);
        return $"[{name}]({type.Namespace}.md#{Anchor().Replace(name.ToLowerInvariant(), "")})";
    }

    /// <summary>Returns whether a member is a constructor that the compiler added.</summary>
    internal bool IsImplied(MemberInfo member) =>
        member is ConstructorInfo constructor && constructor.GetParameters().Length == 0 && Find(member) is null;

    /// <summary>Returns the documentation of a type or a member.</summary>
    /// <exception cref="InvalidOperationException">The member has no documentation.</exception>
    internal Entry Of(MemberInfo member)
    {
        XElement? text = Find(member);
        string summary = Text(text?.Element("summary"));
        if (member is PropertyInfo { DeclaringType: { } type } && summary.Length == 0)
            summary = Text(Find(type)?.Elements("param").FirstOrDefault(parameter => parameter.Attribute("name")!.Value == member.Name));
        else if (member is ConstructorInfo { DeclaringType: { } record } && Signature.IsPositional(record) && summary == Of(record).Summary)
            // The compiler repeats the record's summary; the record's parameters are shown as properties.
            (text, summary) = (null, "One with these values.");
        if (summary.Length == 0)
            throw new InvalidOperationException($"{MemberId.Of(member)} has no documentation.");
        (string, string)[] Named(string kind, string attribute, Func<string, string> name) =>
            [.. (text?.Elements(kind) ?? []).Select(element => (name(element.Attribute(attribute)!.Value), Text(element)))];
        return new Entry(
            summary, Text(text?.Element("remarks")), [.. Named("typeparam", "name", name => name), .. Named("param", "name", name => name)],
            Text(text?.Element("returns")), Named("exception", "cref", Reference));
    }

    // Inherited texts come from the base type or the interface. The framework's texts aren't available.
    private XElement? Find(MemberInfo member)
    {
        XElement? text = _members.GetValueOrDefault(MemberId.Of(member));
        if (text?.Element("inheritdoc") is not { } inherited)
            return text;
        if (inherited.Attribute("cref")?.Value is { } source)
            return _members.GetValueOrDefault(source);
        foreach (Type ancestor in Ancestors(member.DeclaringType!))
        {
            // Members correspond if their names and parameters are the same.
            string id = MemberId.Of(member).Replace(MemberId.Of(member.DeclaringType!)[2..] + ".", MemberId.Of(ancestor)[2..] + ".");
            if (_members.TryGetValue(id, out XElement? found))
                return found;
        }

        string said = member.Name switch
        {
            "Dispose" => "Frees what it holds.",
            "Equals" => "Whether both are the same.",
            _ => "",
        };
        return new XElement("member", new XElement("summary", said));
    }

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (Type? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
            yield return ancestor;
        foreach (Type ancestor in type.GetInterfaces())
            yield return ancestor;
    }

    private string Text(XElement? element) =>
        element is null ? "" : Lines().Replace(string.Concat(element.Nodes().Select(Inline)), " ").Trim();

    private string Inline(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } target => Reference(target.Value),
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("langword")?.Value}`",
        XElement { Name.LocalName: "paramref" or "typeparamref" } parameter => $"`{parameter.Attribute("name")!.Value}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "para" } paragraph => Text(paragraph) + " ",
        XElement other => throw new InvalidOperationException($"<{other.Name}> has no form in Markdown here: {other}"),
        _ => "",
    };

    // Returns a link for "T:Wct.Net.Style", and "StyleTransfer.Load" for "M:Wct.Net.StyleTransfer.Load(System.String)".
    private string Reference(string id)
    {
        if (_types.TryGetValue(id, out Type? type))
            return Link(type);
        string[] parts = id[2..].Split('(')[0].Split('`')[0].Split('.');
        return id[0] == 'T' ? $"`{parts[^1]}`" : $"`{string.Join('.', parts[^2..])}`".Replace(".#ctor", "");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Lines();

    [GeneratedRegex(@"[^a-z0-9]")]
    private static partial Regex Anchor();
}
