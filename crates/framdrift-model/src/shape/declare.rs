//! The macros that declare document types.

/// Declares a document type: an object with required and optional fields, closed but for `x-` keys.
///
/// ```
/// framdrift_model::document! {
///     /// A room.
///     pub struct RoomDoc("room", key "id") {
///         required {
///             /// Its name.
///             id: framdrift_model::id::SubjectId = "id",
///         }
///         optional {
///             /// What people call it.
///             title: Option<framdrift_model::text::LocalText> = "title",
///         }
///     }
/// }
/// let room = RoomDoc::new("hall");
/// assert_eq!(room.title, None);
/// ```
#[macro_export]
macro_rules! document {
    (
        $(#[doc = $doc:literal])*
        pub struct $Name:ident($noun:literal $(, key $key:literal)? $(, short $short:ident)? $(, made by $maker:ident)?) {
            required { $( $(#[doc = $rdoc:literal])* $rfield:ident: $RType:ty = $rkey:literal, )* }
            optional { $( $(#[doc = $odoc:literal])* $ofield:ident: $OType:ty = $okey:literal, )* }
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $Name {
            $( $(#[doc = $rdoc])* #[doc = concat!("\n\nIn text: `", $rkey, "`, required.")] pub $rfield: $RType, )*
            $( $(#[doc = $odoc])* #[doc = concat!("\n\nIn text: `", $okey, "`.")] pub $ofield: $OType, )*
            /// The `x-` keys.
            pub extensions: $crate::value::Extensions,
        }

        $crate::document!(@new $Name [$($maker)?] { $($rfield: $RType,)* } { $($ofield: $OType,)* });

        impl $crate::shape::ObjectShaped for $Name {
            fn object_shape() -> &'static $crate::shape::ObjectShape {
                static SHAPE: $crate::shape::ObjectShape = $crate::shape::ObjectShape {
                    name: stringify!($Name),
                    noun: $noun,
                    doc: $crate::doc_text!($($doc)*),
                    key: $crate::document!(@option $($key)?),
                    short: $crate::document!(@short [$($short)?] $($rfield = $rkey,)*),
                    fields: &[
                        $( $crate::shape::FieldShape {
                            key: $rkey,
                            doc: $crate::doc_text!($($rdoc)*),
                            required: true,
                            shape: <$RType as $crate::shape::Shaped>::shape,
                        }, )*
                        $( $crate::shape::FieldShape {
                            key: $okey,
                            doc: $crate::doc_text!($($odoc)*),
                            required: false,
                            shape: <$OType as $crate::shape::Field>::field_shape,
                        }, )*
                    ],
                };
                &SHAPE
            }
        }

        impl $crate::shape::Shaped for $Name {
            fn shape() -> $crate::shape::Shape {
                $crate::shape::Shape::Object(<Self as $crate::shape::ObjectShaped>::object_shape())
            }
        }

        $crate::document!(@serde $Name [$($short)?] { $($rfield: $RType = $rkey,)* } { $($ofield: $OType = $okey,)* });
        $crate::document!(@arbitrary $Name { $($rfield,)* $($ofield,)* });
    };

    (@new $Name:ident [] { $($rfield:ident: $RType:ty,)* } { $($ofield:ident: $OType:ty,)* }) => {
        impl $Name {
            /// With the required fields; everything else is left out.
            #[allow(clippy::new_without_default, reason = "some documents have no required field")]
            #[must_use]
            pub fn new($($rfield: impl Into<$RType>),*) -> Self {
                Self {
                    $( $rfield: $rfield.into(), )*
                    $( $ofield: <$OType as Default>::default(), )*
                    extensions: $crate::value::Extensions::default(),
                }
            }
        }
    };
    (@new $Name:ident [$maker:ident] { $($rfield:ident: $RType:ty,)* } { $($ofield:ident: $OType:ty,)* }) => {
        impl $Name {
            fn $maker($($rfield: $RType),*) -> Self {
                Self {
                    $( $rfield, )*
                    $( $ofield: <$OType as Default>::default(), )*
                    extensions: $crate::value::Extensions::default(),
                }
            }
        }
    };

    (@option) => { None };
    (@option $value:literal) => { Some($value) };

    (@short [] $($rest:tt)*) => { None };
    (@short [$short:ident] $rfield:ident = $rkey:literal, $($rest:tt)*) => { Some($rkey) };

    (@serde $Name:ident [$($short:ident)?] { $($rfield:ident: $RType:ty = $rkey:literal,)* } { $($ofield:ident: $OType:ty = $okey:literal,)* }) => {
        $crate::if_serde! {
            impl $crate::shape::serial::ObjectCodec for $Name {


                fn encode<M: $crate::shape::serial::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                    $( map.serialize_entry($rkey, &self.$rfield)?; )*
                    $( $crate::shape::serial::FieldCodec::encode(&self.$ofield, $okey, map)?; )*
                    for (key, value) in self.extensions.iter() {
                        map.serialize_entry(key, value)?;
                    }
                    Ok(())
                }

                #[allow(unused_variables, unused_mut, reason = "an object may have no fields")]
                fn decode<'de, A: $crate::shape::serial::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                    $( let mut $rfield: Option<$RType> = None; )*
                    $( let mut $ofield: Option<$OType> = None; )*
                    let mut extensions = $crate::shape::serial::ExtensionReader::default();
                    while let Some(key) = map.next_key::<$crate::shape::serial::Key<'de>>()? {
                        match key.as_str() {
                            $( $rkey => {
                                if $rfield.is_some() {
                                    return Err($crate::shape::serial::duplicate($rkey));
                                }
                                $rfield = Some(map.next_value()?);
                            } )*
                            $( $okey => {
                                if $ofield.is_some() {
                                    return Err($crate::shape::serial::duplicate($okey));
                                }
                                $ofield = Some(<$OType as $crate::shape::serial::FieldCodec>::decode(&mut map)?);
                            } )*
                            other => extensions.read(other, &mut map)?,
                        }
                    }
                    Ok(Self {
                        $( $rfield: $rfield.ok_or_else(|| $crate::shape::serial::missing($rkey))?, )*
                        $( $ofield: $ofield.unwrap_or_default(), )*
                        extensions: extensions.finish(),
                    })
                }

                fn from_short<E: $crate::shape::serial::DeError>(text: &str) -> Result<Self, E> {
                    $crate::document!(@from_short [$($short)?] text $Name $($RType,)*)
                }

                fn is_plain(&self) -> bool {
                    $( $crate::shape::Field::is_absent(&self.$ofield) && )* self.extensions.is_empty()
                }

                fn short(&self) -> Option<&dyn $crate::shape::serial::AsText> {
                    $( if self.is_plain() {
                        return Some(&self.$short);
                    } )?
                    None
                }
            }

            impl $crate::shape::serial::Serialize for $Name {
                fn serialize<S: $crate::shape::serial::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    $crate::shape::serial::write_object(self, serializer)
                }
            }

            impl<'de> $crate::shape::serial::Deserialize<'de> for $Name {
                fn deserialize<D: $crate::shape::serial::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    $crate::shape::serial::read_object(deserializer)
                }
            }
        }
        $crate::if_schema! {
            $crate::document!(@schema $Name);
        }
    };

    (@from_short [] $text:ident $Name:ident $($RType:ty,)*) => {{
        let _ = $text;
        Err($crate::shape::serial::not_an_object(stringify!($Name)))
    }};
    (@from_short [$short:ident] $text:ident $Name:ident $RType:ty,) => {
        Ok(Self::new($crate::shape::serial::parse_text::<$RType, E>($text)?))
    };

    (@schema $Name:ident) => {
        impl $crate::shape::schema::JsonSchema for $Name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($Name).into()
            }

            fn json_schema(generator: &mut $crate::shape::schema::SchemaGenerator) -> $crate::shape::schema::Schema {
                $crate::shape::schema::definition(&<Self as $crate::shape::Shaped>::shape(), generator)
            }
        }
    };

    (@arbitrary $Name:ident { $($field:ident,)* }) => {
        $crate::if_arbitrary! {
            impl<'a> $crate::Arbitrary<'a> for $Name {
                #[allow(unused_variables, reason = "an object may have no fields")]
                fn arbitrary(u: &mut $crate::Unstructured<'a>) -> $crate::ArbitraryResult<Self> {
                    Ok(Self {
                        $( $field: u.arbitrary()?, )*
                        extensions: $crate::value::Extensions::default(),
                    })
                }
            }
        }
    };
}

/// Declares a list of words. With `closed` behind the noun, code elsewhere may match all of them without a wildcard.
///
/// ```
/// framdrift_model::words! {
///     /// How loud it is.
///     pub enum Volume("volume") {
///         /// Barely heard.
///         Low = "low",
///         /// Heard next door.
///         High = "high",
///     }
/// }
/// assert_eq!("high".parse(), Ok(Volume::High));
/// assert_eq!(Volume::Low.word(), "low");
/// ```
#[macro_export]
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        pub enum $Name:ident($noun:literal $(, $closed:ident)?) {
            $( $(#[doc = $vdoc:literal])* $Variant:ident = $word:literal, )+
        }
    ) => {
        $crate::words!(@enum [$($closed)?]
            $(#[doc = $doc])*
            $Name { $( $(#[doc = $vdoc])* #[doc = concat!("\n\nIn text: `", $word, "`.")] $Variant, )+ }
        );

        impl $Name {
            /// Every word, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The word as a file writes it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $( Self::$Variant => $word, )+ }
            }
        }

        impl std::str::FromStr for $Name {
            type Err = $crate::malformed::Malformed;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $( $word => Ok(Self::$Variant), )+
                    _ => Err($crate::malformed::of_words(text, $noun, &[$($word),+])),
                }
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl $crate::shape::Shaped for $Name {
            fn shape() -> $crate::shape::Shape {
                static SHAPE: $crate::shape::WordsShape = $crate::shape::WordsShape {
                    name: $noun,
                    words: &[$( ($word, $crate::doc_text!($($vdoc)*)) ),+],
                };
                $crate::shape::Shape::Words(&SHAPE)
            }
        }

        $crate::text_codec!($Name);
        $crate::if_arbitrary! {
            impl<'a> $crate::Arbitrary<'a> for $Name {
                fn arbitrary(u: &mut $crate::Unstructured<'a>) -> $crate::ArbitraryResult<Self> {
                    u.choose(Self::ALL).copied()
                }
            }
        }
    };

    (@enum [] $(#[$meta:meta])* $Name:ident { $($body:tt)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $Name { $($body)+ }
    };
    (@enum [closed] $(#[$meta:meta])* $Name:ident { $($body:tt)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Name { $($body)+ }
    };
}

/// Declares a union: one of several objects, told apart by the word under a tag.
#[macro_export]
macro_rules! union {
    (
        $(#[doc = $doc:literal])*
        pub enum $Name:ident($noun:literal, tag $tag:literal) {
            $( $(#[doc = $vdoc:literal])* $Variant:ident($Object:ty) = $word:literal, )+
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $Name {
            $( $(#[doc = $vdoc])* #[doc = concat!("\n\nIn text: `", $tag, ": ", $word, "`.")] $Variant($Object), )+
        }

        impl $Name {
            /// The tag's word.
            #[must_use]
            pub const fn word(&self) -> &'static str {
                match self { $( Self::$Variant(_) => $word, )+ }
            }
        }

        impl $crate::shape::Shaped for $Name {
            fn shape() -> $crate::shape::Shape {
                static SHAPE: $crate::shape::UnionShape = $crate::shape::UnionShape {
                    name: stringify!($Name),
                    noun: $noun,
                    doc: $crate::doc_text!($($doc)*),
                    tag: $tag,
                    branches: &[$( $crate::shape::BranchShape {
                        word: $word,
                        doc: $crate::doc_text!($($vdoc)*),
                        object: <$Object as $crate::shape::ObjectShaped>::object_shape,
                    } ),+],
                };
                $crate::shape::Shape::Union(&SHAPE)
            }
        }

        $crate::if_serde! {
            impl $crate::shape::serial::Serialize for $Name {
                fn serialize<S: $crate::shape::serial::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    use $crate::shape::serial::{ObjectCodec as _, SerializeMap as _};
                    let mut map = serializer.serialize_map(None)?;
                    map.serialize_entry($tag, self.word())?;
                    match self { $( Self::$Variant(object) => object.encode(&mut map)?, )+ }
                    map.end()
                }
            }

            impl<'de> $crate::shape::serial::Deserialize<'de> for $Name {
                fn deserialize<D: $crate::shape::serial::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let (word, rest) = $crate::shape::serial::read_tagged(deserializer, $tag)?;
                    match word.as_str() {
                        $( $word => Ok(Self::$Variant($crate::shape::serial::from_value(rest)?)), )+
                        other => Err($crate::shape::serial::unknown_word(other, $noun)),
                    }
                }
            }
        }
        $crate::if_schema! {
            $crate::document!(@schema $Name);
        }
        $crate::if_arbitrary! {
            impl<'a> $crate::Arbitrary<'a> for $Name {
                fn arbitrary(u: &mut $crate::Unstructured<'a>) -> $crate::ArbitraryResult<Self> {
                    let makers: &[fn(&mut $crate::Unstructured<'a>) -> $crate::ArbitraryResult<Self>] =
                        &[$( |u| Ok(Self::$Variant(u.arbitrary()?)) ),+];
                    u.choose(makers)?(u)
                }
            }
        }
    };
}

/// Declares a type that is written as text with a grammar: it has `FromStr`, with an error that becomes a
/// [`Malformed`](crate::malformed::Malformed), and `Display` already.
#[macro_export]
macro_rules! scalar {
    // Within this crate: `FromStr` is made of the type's `read`, and offers what `mend` makes of a text that it does not read.
    ($Name:ty, $noun:literal, expects $expects:literal, pattern $pattern:literal, mend $mend:path) => {
        impl std::str::FromStr for $Name {
            type Err = $crate::malformed::Malformed;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::read(text)
                    .map_err(|wrong| $crate::malformed::malformed(text, ($noun, $expects), wrong, Self::read, $mend))
            }
        }

        $crate::scalar!($Name, $noun, expects $expects, pattern $pattern);
    };
    ($Name:ty, $noun:literal, expects $expects:literal, pattern $pattern:literal) => {
        impl $crate::shape::Shaped for $Name {
            fn shape() -> $crate::shape::Shape {
                static SHAPE: $crate::shape::ScalarShape = $crate::shape::ScalarShape {
                    name: $noun,
                    expects: $expects,
                    pattern: $pattern,
                    check: |text| text.parse::<$Name>().map(drop).map_err($crate::malformed::Malformed::from),
                };
                $crate::shape::Shape::Scalar(&SHAPE)
            }
        }

        $crate::text_codec!($Name);
    };
}

/// serde and schema implementations of a type that is written as text.
#[doc(hidden)]
#[macro_export]
macro_rules! text_codec {
    ($Name:ty) => {
        $crate::if_serde! {
            impl $crate::shape::serial::Serialize for $Name {
                fn serialize<S: $crate::shape::serial::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }

            impl<'de> $crate::shape::serial::Deserialize<'de> for $Name {
                fn deserialize<D: $crate::shape::serial::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    $crate::shape::serial::read_text(deserializer)
                }
            }
        }
    };
}

/// Keeps its items where this crate's feature `serde` is on.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! if_serde {
    ($($item:item)*) => { $($item)* };
}
/// Keeps its items where this crate's feature `serde` is on.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! if_serde {
    ($($item:item)*) => {};
}
/// Keeps its items where this crate's feature `schema` is on.
#[cfg(feature = "schema")]
#[doc(hidden)]
#[macro_export]
macro_rules! if_schema {
    ($($item:item)*) => { $($item)* };
}
/// Keeps its items where this crate's feature `schema` is on.
#[cfg(not(feature = "schema"))]
#[doc(hidden)]
#[macro_export]
macro_rules! if_schema {
    ($($item:item)*) => {};
}
/// Keeps its items where this crate's feature `arbitrary` is on.
#[cfg(feature = "arbitrary")]
#[doc(hidden)]
#[macro_export]
macro_rules! if_arbitrary {
    ($($item:item)*) => { $($item)* };
}
/// Keeps its items where this crate's feature `arbitrary` is on.
#[cfg(not(feature = "arbitrary"))]
#[doc(hidden)]
#[macro_export]
macro_rules! if_arbitrary {
    ($($item:item)*) => {};
}
