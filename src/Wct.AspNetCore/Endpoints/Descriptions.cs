using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Wct.AspNetCore.Requests;

namespace Wct.AspNetCore.Endpoints;

/// <summary>Describes the form of a request for OpenAPI. The parts come from the table of options.</summary>
internal static class Descriptions
{
    /// <summary>The parts of the form that stylizes a picture.</summary>
    internal static IEnumerable<object> Form =>
    [
        new FormPart(Upload.Content, typeof(IFormFile), "The photo.", isOptional: true),
        new FormPart(Upload.Style, typeof(IFormFileCollection), "The paintings, or style files of Wct, in the order of the styles.",
            isOptional: true),
        new FormPart("file", typeof(IFormFileCollection), "Other files that the recipe names: masks and labels.", isOptional: true),
        new FormPart("recipe", typeof(string), "All settings as JSON.", isOptional: true),
        .. OptionTable.All.Select(option => new FormPart(option.Name, Type(option), option.Description, isOptional: true)),
        new FormPart("format", typeof(string), "The format of the result; without it, the header Accept decides, and PNG is the default.",
            isOptional: true),
        new FormPart("quality", typeof(int), "The quality of JPEG and WebP, 1 to 100.", isOptional: true),
        new FormPart("previews", typeof(bool), "Whether the events have the picture of each level.", isOptional: true),
    ];

    /// <summary>The part of the form that adds a style.</summary>
    internal static IEnumerable<object> StyleForm =>
        [new FormPart(Upload.Style, typeof(IFormFile), "The painting, or a style file of Wct.", isOptional: false)];

    private static Type Type(OptionEntry option) => option switch
    {
        { IsPerLevel: true } => typeof(string),
        { Kind: OptionKind.Number } => typeof(double),
        { Kind: OptionKind.Integer } => typeof(int),
        { Kind: OptionKind.Boolean } => typeof(bool),
        _ => typeof(string),
    };

    /// <summary>A part of a form, in the way in which the parameters of a delegate are described.</summary>
    private sealed class FormPart(string name, Type type, string description, bool isOptional) : IParameterBindingMetadata
    {
        public string Name => name;

        public bool HasTryParse => type != typeof(IFormFile) && type != typeof(IFormFileCollection);

        public bool HasBindAsync => false;

        public ParameterInfo ParameterInfo { get; } = new FormParameter(name, type, description, isOptional);

        public bool IsOptional => isOptional;
    }

    private sealed class FormParameter(string name, Type type, string description, bool isOptional) : ParameterInfo
    {
        private readonly object[] _attributes = [new FromForm(name), new System.ComponentModel.DescriptionAttribute(description)];

        public override string Name => name;

        public override Type ParameterType => type;

        public override ParameterAttributes Attributes => isOptional ? ParameterAttributes.Optional : ParameterAttributes.None;

        public override bool HasDefaultValue => false;

        public override object? DefaultValue => null;

        public override MemberInfo Member { get; } = ((Delegate)Handlers.Stylize).Method;

        public override IList<CustomAttributeData> GetCustomAttributesData() => [];

        public override object[] GetCustomAttributes(bool inherit) => _attributes;

        public override object[] GetCustomAttributes(Type attributeType, bool inherit)
        {
            object[] found = [.. _attributes.Where(attributeType.IsInstanceOfType)];
            Array typed = attributeType == typeof(Attribute) ? new Attribute[found.Length] : found;
            found.CopyTo(typed, 0);
            return (object[])typed;
        }

        public override bool IsDefined(Type attributeType, bool inherit) => _attributes.Any(attributeType.IsInstanceOfType);
    }

    private sealed class FromForm(string name) : Attribute, IFromFormMetadata
    {
        public string? Name => name;
    }
}
