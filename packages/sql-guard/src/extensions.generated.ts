// Written by scripts/generate-extensions.ts from the members of each extension. Names are separated by blanks.

export const extensionPacks: Readonly<Record<string, { readonly functions: string; readonly operators: string; readonly types: string }>> = {
  "pg_trgm": {
    "functions": "show_trgm similarity similarity_dist similarity_op strict_word_similarity strict_word_similarity_commutator_op strict_word_similarity_dist_commutator_op strict_word_similarity_dist_op strict_word_similarity_op word_similarity word_similarity_commutator_op word_similarity_dist_commutator_op word_similarity_dist_op word_similarity_op",
    "operators": "% %> %>> <% <-> <->> <->>> <<% <<-> <<<->",
    "types": "gtrgm"
  },
  "unaccent": {
    "functions": "unaccent",
    "operators": "",
    "types": ""
  },
  "hstore": {
    "functions": "akeys avals defined delete each exist exists_all exists_any fetchval hs_concat hs_contained hs_contains hstore hstore_cmp hstore_eq hstore_ge hstore_gt hstore_hash hstore_hash_extended hstore_le hstore_lt hstore_ne hstore_to_array hstore_to_json hstore_to_json_loose hstore_to_jsonb hstore_to_jsonb_loose hstore_to_matrix hstore_version_diag isdefined isexists populate_record skeys slice slice_array svals tconvert",
    "operators": "#<# #<=# #= #># #>=# %# %% - -> <> <@ = ? ?& ?| @> ||",
    "types": "ghstore hstore"
  },
  "ltree": {
    "functions": "_lt_q_regex _lt_q_rregex _ltq_extract_regex _ltq_regex _ltq_rregex _ltree_extract_isparent _ltree_extract_risparent _ltree_isparent _ltree_r_isparent _ltree_r_risparent _ltree_risparent _ltxtq_exec _ltxtq_extract_exec _ltxtq_rexec hash_ltree hash_ltree_extended index lca lt_q_regex lt_q_rregex ltq_regex ltq_rregex ltree2text ltree_addltree ltree_addtext ltree_cmp ltree_eq ltree_ge ltree_gt ltree_isparent ltree_le ltree_lt ltree_ne ltree_risparent ltree_textadd ltxtq_exec ltxtq_rexec nlevel subltree subpath text2ltree",
    "operators": "< <= <> <@ = > >= ? ?<@ ?@ ?@> ?~ @ @> ^<@ ^? ^@ ^@> ^~ || ~",
    "types": "lquery ltree ltree_gist ltxtquery"
  },
  "citext": {
    "functions": "citext citext_cmp citext_eq citext_ge citext_gt citext_hash citext_hash_extended citext_larger citext_le citext_lt citext_ne citext_pattern_cmp citext_pattern_ge citext_pattern_gt citext_pattern_le citext_pattern_lt citext_smaller citextsend max min regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table replace split_part strpos texticlike texticnlike texticregexeq texticregexne translate",
    "operators": "!~ !~* !~~ !~~* < <= <> = > >= ~ ~* ~<=~ ~<~ ~>=~ ~>~ ~~ ~~*",
    "types": "citext"
  },
  "fuzzystrmatch": {
    "functions": "daitch_mokotoff difference dmetaphone dmetaphone_alt levenshtein levenshtein_less_equal metaphone soundex text_soundex",
    "operators": "",
    "types": ""
  },
  "intarray": {
    "functions": "_int_contained _int_contains _int_different _int_inter _int_overlap _int_same _int_union boolop icount idx intarray_del_elem intarray_push_array intarray_push_elem intset intset_subtract intset_union_elem querytree rboolop sort sort_asc sort_desc subarray uniq",
    "operators": "# & && + - <@ @> @@ | ~~",
    "types": "intbig_gkey query_int"
  },
  "cube": {
    "functions": "cube cube_cmp cube_contained cube_contains cube_coord cube_coord_llur cube_dim cube_distance cube_enlarge cube_eq cube_ge cube_gt cube_inter cube_is_point cube_le cube_ll_coord cube_lt cube_ne cube_overlap cube_size cube_subset cube_union cube_ur_coord distance_chebyshev distance_taxicab",
    "operators": "&& -> < <#> <-> <= <=> <> <@ = > >= @> ~>",
    "types": "cube"
  },
  "earthdistance": {
    "functions": "earth earth_box earth_distance gc_to_sec geo_distance latitude ll_to_earth longitude sec_to_gc",
    "operators": "<@>",
    "types": "earth"
  },
  "isn": {
    "functions": "btean13cmp btisbn13cmp btisbncmp btismn13cmp btismncmp btissn13cmp btissncmp btupccmp hashean13 hashisbn hashisbn13 hashismn hashismn13 hashissn hashissn13 hashupc is_valid isbn isbn13 ismn ismn13 isneq isnge isngt isnle isnlt isnne issn issn13 make_valid upc",
    "operators": "< <= <> = > >=",
    "types": "ean13 isbn isbn13 ismn ismn13 issn issn13 upc"
  },
  "seg": {
    "functions": "seg_center seg_cmp seg_contained seg_contains seg_different seg_ge seg_gt seg_inter seg_le seg_left seg_lower seg_lt seg_over_left seg_over_right seg_overlap seg_right seg_same seg_size seg_union seg_upper",
    "operators": "&& &< &> < << <= <> <@ = > >= >> @>",
    "types": "seg"
  },
  "pgcrypto": {
    "functions": "digest gen_random_uuid hmac",
    "operators": "",
    "types": ""
  },
  "uuid-ossp": {
    "functions": "uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500",
    "operators": "",
    "types": ""
  },
  "vector": {
    "functions": "binary_quantize cosine_distance hamming_distance inner_product jaccard_distance l1_distance l2_distance l2_norm l2_normalize subvector vector_dims vector_norm",
    "operators": "<#> <%> <+> <-> <=> <~>",
    "types": "halfvec sparsevec vector"
  }
};
